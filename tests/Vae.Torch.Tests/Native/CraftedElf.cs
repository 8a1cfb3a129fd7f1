using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch.Tests.Native;

/// <summary>
/// A small shared library without code: three needed versions of two files, three symbols. Laid out here field by field,
/// so that a test can bend each of them.
/// </summary>
internal sealed class CraftedElf
{
    public const string Wanted = "GLIBCXX_3.4.32";
    public const string Uncalled = "_ZSt21ios_base_library_initv";

    private const int Names = 64;
    private const int NamesSize = 128;
    private const int Needs = Names + NamesSize;
    private const int NeedsSize = 80;
    private const int Symbols = Needs + NeedsSize;
    private const int SymbolsSize = 3 * 24;
    private const int Versions = Symbols + SymbolsSize;
    private const int VersionsSize = 3 * 2;

    // Section headers are eight-byte aligned in real files.
    private const int Headers = (Versions + VersionsSize + 7) & ~7;
    private const int HeaderSize = 64;

    public CraftedElf()
    {
        Bytes = new byte[Headers + (5 * HeaderSize)];
        "\u007fELF"u8.CopyTo(Bytes);
        Bytes[4] = 2;
        Bytes[5] = 1;
        Bytes[6] = 1;
        Put16(16, 3);
        Put16(18, 62);
        Put64(40, Headers);
        Put16(58, HeaderSize);
        Put16(60, 5);

        uint libc = Name("libc.so.6");
        uint glibc = Name("GLIBC_2.34");
        uint libstdcxx = Name("libstdc++.so.6");
        uint older = Name("GLIBCXX_3.4.30");
        uint wanted = Name(Wanted);
        uint called = Name("_ZSt4cout");
        uint uncalled = Name(Uncalled);

        Need(FirstNeed, 1, libc, 16, 32);
        Auxiliary(Needs + 16, 4, glibc, 0);
        Need(SecondNeed, 2, libstdcxx, 16, 0);
        Auxiliary(Needs + 48, 3, older, 16);
        Auxiliary(WantedAuxiliary, 2, wanted, 0);

        Put32(Symbols + 24, called);
        Put32(Symbols + 48, uncalled);
        Put16(Versions + 2, 3);
        Put16(Versions + 4, 2);

        Section(1, 3, Names, NamesSize, 0);
        Section(2, 0x6ffffffe, Needs, NeedsSize, 1);
        Section(3, 11, Symbols, SymbolsSize, 1);
        Section(4, 0x6fffffff, Versions, VersionsSize, 3);
    }

    public byte[] Bytes { get; }

    public static int FirstNeed => Needs;

    public static int SecondNeed => Needs + 32;

    public static int WantedAuxiliary => Needs + 64;

    public static int FlagsOfWanted => WantedAuxiliary + 4;

    public static int VersionOfCalledSymbol => Versions + 2;

    public static int HeaderOf(int section) => Headers + (section * HeaderSize);

    public CraftedElf Put16(int at, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), value);
        return this;
    }

    public CraftedElf Put32(int at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), value);
        return this;
    }

    public CraftedElf Put64(int at, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(at), value);
        return this;
    }

    private uint Name(string text)
    {
        int end = NamesSize;
        while (end > 0 && Bytes[Names + end - 1] == 0)
            end--;
        int start = end + 1;
        Encoding.ASCII.GetBytes(text, Bytes.AsSpan(Names + start));
        return (uint)start;
    }

    private void Need(int at, ushort count, uint file, uint auxiliary, uint next) =>
        Put16(at, 1).Put16(at + 2, count).Put32(at + 4, file).Put32(at + 8, auxiliary).Put32(at + 12, next);

    private void Auxiliary(int at, ushort index, uint name, uint next) =>
        Put16(at + 6, index).Put32(at + 8, name).Put32(at + 12, next);

    private void Section(int index, uint type, ulong start, ulong size, uint link) =>
        Put32(HeaderOf(index) + 4, type).Put64(HeaderOf(index) + 24, start).Put64(HeaderOf(index) + 32, size).Put32(HeaderOf(index) + 40, link);
}
