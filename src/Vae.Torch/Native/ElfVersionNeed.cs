using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch.Native;

/// <summary>
/// Marks one version that a shared library needs as weak (<c>VER_FLG_WEAK</c>), so that the loader goes on where the system's
/// library is older. Only for a version whose symbols are never called: the loader then finds them missing and nobody asks.
/// The layout is that of the Linux Standard Base, "Symbol Versioning". The whole file is read and checked before the first
/// byte is written, and nothing but the flags of that version is ever written.
/// </summary>
internal static class ElfVersionNeed
{
    private const int FileHeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int NeedSize = 16;
    private const int AuxiliarySize = 16;
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;
    private const uint NoBits = 8;
    private const ushort Weak = 2;
    private const ushort HiddenBit = 0x8000;

    /// <summary>Marks the need of <paramref name="version"/> in <paramref name="file"/> as weak.</summary>
    /// <param name="file">The bytes of a 64-bit little-endian shared library for x86-64 or AArch64.</param>
    /// <param name="version">For instance <c>GLIBCXX_3.4.32</c>.</param>
    /// <param name="uncalled">The symbols that may hang on that version; any other makes the edit unsafe, and is refused.</param>
    public static ElfVersionNeedResult MarkWeak(Span<byte> file, string version, params ReadOnlySpan<string> uncalled)
    {
        try
        {
            return MarkWeakChecked(file, version, uncalled);
        }
        catch (FormatException refusal)
        {
            return new(ElfVersionNeedStatus.Refused, refusal.Message);
        }
    }

    private static ElfVersionNeedResult MarkWeakChecked(Span<byte> file, string version, ReadOnlySpan<string> uncalled)
    {
        Section[] sections = ReadSections(file);
        List<int> strong = [];
        HashSet<int> versionIndices = [];
        bool found = false;
        foreach (Section section in sections)
        {
            if (section.Type == VersionNeeds)
                found |= CollectFlags(file, section, StringsOf(sections, section), version, strong, versionIndices);
        }

        if (!found)
            return new(ElfVersionNeedStatus.NotFound);
        RefuseOtherSymbols(file, sections, versionIndices, uncalled);
        if (strong.Count == 0)
            return new(ElfVersionNeedStatus.AlreadyWeak);
        foreach (int flags in strong)
        {
            Span<byte> field = file.Slice(flags, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(field) | Weak));
        }

        return new(ElfVersionNeedStatus.Changed);
    }

    private static Section[] ReadSections(ReadOnlySpan<byte> file)
    {
        Require(file.Length >= FileHeaderSize, "it is shorter than a file header");
        Require(file[..4].SequenceEqual("\u007fELF"u8), "it does not begin with the mark of an ELF file");
        Require(file[4] == 2 && file[5] == 1 && file[6] == 1, "it is not a 64-bit little-endian ELF file of version 1");
        Require(UInt16(file, 16) == 3, "it is not a shared library");
        Require(UInt16(file, 18) is 62 or 183, "it is made for another processor than x86-64 or AArch64");
        ulong offset = UInt64(file, 40);
        int count = UInt16(file, 60);
        Require(UInt16(file, 58) == SectionHeaderSize, "its section headers have an unknown size");
        Require(count > 0 && Fits(file, offset, (ulong)count * SectionHeaderSize), "its section headers lie outside the file");
        var sections = new Section[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = file.Slice((int)offset + (i * SectionHeaderSize), SectionHeaderSize);
            uint type = UInt32(header, 4);
            ulong start = UInt64(header, 24);
            ulong size = UInt64(header, 32);
            bool wanted = type is VersionNeeds or SymbolVersions or DynamicSymbols;
            Require(!wanted || Fits(file, start, size), "a section that tells versions lies outside the file");
            bool readable = type != NoBits && Fits(file, start, size);
            sections[i] = new(type, readable ? (int)start : 0, readable ? (int)size : 0, UInt32(header, 40));
        }

        return sections;
    }

    private static Section StringsOf(Section[] sections, Section section)
    {
        Require(section.Link < (uint)sections.Length && sections[section.Link].Size > 0, "the names of its versions are missing");
        return sections[section.Link];
    }

    /// <summary>Walks the needs of each file and their versions. Both chains only ever lead forward, so a loop cannot be followed.</summary>
    private static bool CollectFlags(
        ReadOnlySpan<byte> file, Section section, Section strings, string version, List<int> strong, HashSet<int> versionIndices)
    {
        ReadOnlySpan<byte> data = file.Slice(section.Start, section.Size);
        ReadOnlySpan<byte> names = file.Slice(strings.Start, strings.Size);
        bool found = false;
        uint need = 0;
        while (true)
        {
            Require(Fits(data, need, NeedSize), "a version need lies outside its section");
            Require(UInt16(data, (int)need) == 1, "a version need has an unknown layout");
            int count = UInt16(data, (int)need + 2);
            ulong auxiliary = (ulong)need + UInt32(data, (int)need + 8);
            for (int i = 0; i < count; i++)
            {
                Require(Fits(data, auxiliary, AuxiliarySize), "a needed version lies outside its section");
                int at = (int)auxiliary;
                if (NameAt(names, UInt32(data, at + 8)) == version)
                {
                    found = true;
                    versionIndices.Add(UInt16(data, at + 6) & ~HiddenBit);
                    if ((UInt16(data, at + 4) & Weak) == 0)
                        strong.Add(section.Start + at + 4);
                }

                uint step = UInt32(data, at + 12);
                Require((step == 0) == (i == count - 1), "the chain of needed versions does not have the length it states");
                Require(step == 0 || step >= AuxiliarySize, "the chain of needed versions overlaps itself");
                auxiliary += step;
            }

            uint next = UInt32(data, (int)need + 12);
            if (next == 0)
                return found;
            Require(next >= NeedSize && next <= (uint)data.Length, "the chain of version needs leads nowhere");
            need += next;
        }
    }

    private static void RefuseOtherSymbols(ReadOnlySpan<byte> file, Section[] sections, HashSet<int> versionIndices, ReadOnlySpan<string> uncalled)
    {
        Section? symbols = sections.FirstOrDefault(section => section.Type == DynamicSymbols);
        Section? versions = sections.FirstOrDefault(section => section.Type == SymbolVersions);
        Require(symbols is not null && versions is not null, "it does not tell which symbols belong to which version");
        Section strings = StringsOf(sections, symbols!);
        ReadOnlySpan<byte> names = file.Slice(strings.Start, strings.Size);
        int count = symbols!.Size / SymbolSize;
        Require(versions!.Size / sizeof(ushort) == count, "its symbols and their versions differ in number");
        for (int i = 0; i < count; i++)
        {
            if (!versionIndices.Contains(UInt16(file, versions.Start + (i * sizeof(ushort))) & ~HiddenBit))
                continue;
            string name = NameAt(names, UInt32(file, symbols.Start + (i * SymbolSize)));
            Require(uncalled.Contains(name), $"its symbol '{name}' belongs to that version and may be called");
        }
    }

    private static string NameAt(ReadOnlySpan<byte> names, uint start)
    {
        Require(start < (uint)names.Length, "a name lies outside the string table");
        ReadOnlySpan<byte> rest = names[(int)start..];
        int end = rest.IndexOf((byte)0);
        Require(end >= 0, "a name has no end");
        return Encoding.ASCII.GetString(rest[..end]);
    }

    private static bool Fits(ReadOnlySpan<byte> bytes, ulong start, ulong size) =>
        size <= (ulong)bytes.Length && start <= (ulong)bytes.Length - size;

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new FormatException(otherwise);
    }

    private sealed record Section(uint Type, int Start, int Size, uint Link);
}
