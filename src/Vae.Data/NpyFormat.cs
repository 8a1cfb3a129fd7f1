using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>
/// NumPy's array file (numpy.org/doc/stable/reference/generated/numpy.lib.format.html), versions 1 to 3: a magic string, the
/// length of a header, the header (a Python dictionary with type, order and shape), the values.
/// </summary>
internal static partial class NpyFormat
{
    /// <summary>NumPy's own headers are shorter than 200 bytes unless the type is a structure.</summary>
    private const int LongestHeader = 65_536;

    private static readonly Dictionary<string, (int Width, ElementReader.Converter Little, ElementReader.Converter Big)> Types = new()
    {
        ["i1"] = (1, raw => (sbyte)raw[0], raw => (sbyte)raw[0]),
        ["i2"] = (2, raw => BinaryPrimitives.ReadInt16LittleEndian(raw), raw => BinaryPrimitives.ReadInt16BigEndian(raw)),
        ["i4"] = (4, raw => BinaryPrimitives.ReadInt32LittleEndian(raw), raw => BinaryPrimitives.ReadInt32BigEndian(raw)),
        ["i8"] = (8, raw => BinaryPrimitives.ReadInt64LittleEndian(raw), raw => BinaryPrimitives.ReadInt64BigEndian(raw)),
        ["u2"] = (2, raw => BinaryPrimitives.ReadUInt16LittleEndian(raw), raw => BinaryPrimitives.ReadUInt16BigEndian(raw)),
        ["u4"] = (4, raw => BinaryPrimitives.ReadUInt32LittleEndian(raw), raw => BinaryPrimitives.ReadUInt32BigEndian(raw)),
        ["u8"] = (8, raw => BinaryPrimitives.ReadUInt64LittleEndian(raw), raw => BinaryPrimitives.ReadUInt64BigEndian(raw)),
        ["f2"] = (2, raw => (float)BinaryPrimitives.ReadHalfLittleEndian(raw), raw => (float)BinaryPrimitives.ReadHalfBigEndian(raw)),
        ["f4"] = (4, raw => BinaryPrimitives.ReadSingleLittleEndian(raw), raw => BinaryPrimitives.ReadSingleBigEndian(raw)),
        ["f8"] = (8, raw => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw), raw => (float)BinaryPrimitives.ReadDoubleBigEndian(raw)),
    };

    private static ReadOnlySpan<byte> Magic => "NUMPY"u8;

    /// <summary>What the header says.</summary>
    public static SetSize Measure(DataFile file)
    {
        (string type, _, long[] axes) = ReadHead(file);
        return new SetSize(axes[0], axes.Skip(1).Aggregate(1.0, (product, axis) => product * axis), IsBytes(type)) { Beside = sizeof(int) };
    }

    /// <summary>Reads an array up to the end of <paramref name="file"/>.</summary>
    public static RawArray Read(DataFile file, SourceRequest request)
    {
        string path = file.FullPath;
        (string type, bool fortran, long[] axes) = ReadHead(file);
        int length = RawArray.CheckedLength(path, axes, request.MemoryLimit, SetSize.BytesEach(request.Spec, IsBytes(type)));
        Shape shape = new([.. axes.Select(axis => (int)axis)]);
        string kind = Kind(type);
        RawArray array;
        if (IsBytes(type))
        {
            file.Require(length);
            array = new RawArray(path, shape) { Bytes = ElementReader.Bytes(file, length), ByteMaximum = kind == "b1" ? 1 : byte.MaxValue };
            int odd = kind == "b1" ? array.Bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
            if (odd >= 0)
                throw DataFault.At(DiagnosticTable.Data.BadNumber, path, $"value {odd} (from 0) of an array of truth values is {array.Bytes[odd]}");
        }
        else if (Types.TryGetValue(kind, out var row))
        {
            file.Require((long)length * row.Width);
            array = new RawArray(path, shape) { Floats = ElementReader.Floats(file, length, row.Width, type[0] == '>' ? row.Big : row.Little) };
        }
        else
        {
            throw DataFault.At(
                DiagnosticTable.Data.ElementType,
                path,
                $"the type '{type}' is not read; these are: b1, u1, {string.Join(", ", Types.Keys)}");
        }

        return fortran ? array with { Bytes = InCOrder(array.Bytes, shape), Floats = InCOrder(array.Floats, shape) } : array;
    }

    private static string Kind(string type) => type.TrimStart('<', '>', '=', '|');

    private static bool IsBytes(string type) => Kind(type) is "u1" or "b1";

    private static (string Type, bool Fortran, long[] Axes) ReadHead(DataFile file)
    {
        (string Type, bool Fortran, long[] Axes) header = ParseHeader(file.FullPath, ReadHeader(file));
        return header.Axes.Length > 0
            ? header
            : throw DataFault.At(DiagnosticTable.Data.Malformed, file.FullPath, "the array has no axes: it is a single number");
    }

    private static string ReadHeader(DataFile file)
    {
        Span<byte> start = stackalloc byte[8];
        file.Fill(start);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual(Magic))
            throw DataFault.At(DiagnosticTable.Data.Malformed, file.FullPath, "an npy file begins with 93 'NUMPY'; this one does not");
        byte version = start[6];
        if (version is 0 or > 3)
            throw DataFault.At(DiagnosticTable.Data.Malformed, file.FullPath, $"version {version} of the npy format is not known; 1, 2 and 3 are");
        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        file.Fill(size);
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
            throw DataFault.At(DiagnosticTable.Data.Malformed, file.FullPath, $"a header of {length} bytes is none of a plain array");
        byte[] header = new byte[length];
        file.Fill(header);
        return Encoding.UTF8.GetString(header);
    }

    private static (string Type, bool Fortran, long[] Axes) ParseHeader(string path, string header)
    {
        Match type = TypePattern().Match(header);
        Match order = OrderPattern().Match(header);
        Match shape = ShapePattern().Match(header);
        if (StructurePattern().IsMatch(header))
            throw DataFault.At(DiagnosticTable.Data.ElementType, path, "the array holds structures; plain numbers are read");
        if (!type.Success || !order.Success || !shape.Success)
            throw DataFault.At(DiagnosticTable.Data.Malformed, path, "the header lacks descr, fortran_order or shape");
        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] axes = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out axes[i]))
                throw DataFault.At(DiagnosticTable.Data.Malformed, path, $"the header's shape ({shape.Groups[1].Value}) is none");
        }

        return (type.Groups[1].Value, order.Groups[1].Value == "True", axes);
    }

    /// <summary>From the first axis running fastest to the last axis running fastest.</summary>
    private static T[]? InCOrder<T>(T[]? values, Shape shape)
    {
        if (values is null)
            return null;
        long[] steps = new long[shape.Rank];
        long step = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            steps[axis] = step;
            step *= shape[axis];
        }

        T[] ordered = GC.AllocateUninitializedArray<T>(values.Length);
        int[] position = new int[shape.Rank];
        long from = 0;
        for (int to = 0; to < ordered.Length; to++)
        {
            ordered[to] = values[from];
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                from += steps[axis];
                if (++position[axis] < shape[axis])
                    break;
                from -= steps[axis] * shape[axis];
                position[axis] = 0;
            }
        }

        return ordered;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>=|]?[A-Za-z]\w*)['"]""")]
    private static partial Regex TypePattern();

    [GeneratedRegex("""['"]descr['"]\s*:\s*\[""")]
    private static partial Regex StructurePattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapePattern();
}
