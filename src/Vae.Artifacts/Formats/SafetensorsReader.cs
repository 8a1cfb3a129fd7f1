using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>
/// Reads safetensors (huggingface/safetensors, README, "Format") and trusts nothing: header length, JSON, names, types, shapes and
/// offsets are checked against the file's length before a number is read. Numbers become 32-bit floats, whatever they are stored as.
/// </summary>
public static class SafetensorsReader
{
    internal const string MetadataKey = "__metadata__";

    private const int MaxHeaderLength = 100_000_000;

    private static readonly Dictionary<string, int> Widths = new(StringComparer.Ordinal)
    {
        ["F32"] = 4,
        ["F64"] = 8,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["F8_E4M3"] = 1,
        ["F8_E5M2"] = 1,
        ["I64"] = 8,
        ["I32"] = 4,
        ["I16"] = 2,
        ["I8"] = 1,
        ["U64"] = 8,
        ["U32"] = 4,
        ["U16"] = 2,
        ["U8"] = 1,
        ["BOOL"] = 1,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="VaeException">VAE5101: it cannot be opened or breaks the format's rules.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(WholeFile.Read(path, (why, e) => new VaeException(DiagnosticTable.Snapshots.WeightsUnreadable.At(new Location(path, 0, 0), why), e)), path);
    }

    /// <summary>Reads a file's content.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="VaeException">VAE5101: it breaks the format's rules.</exception>
    public static SafetensorsFile Read(byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        (IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata) = ReadAsStored(content, name);
        return new SafetensorsFile([.. arrays.Select(ToFloats)], metadata);
    }

    /// <summary>Reads a file's content and leaves the numbers in their own type.</summary>
    /// <inheritdoc cref="Read(byte[], string)"/>
    internal static (IReadOnlyList<SafetensorsArray> Arrays, IReadOnlyDictionary<string, string> Metadata) ReadAsStored(byte[] content, string name)
    {
        try
        {
            return Parse(content, name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The JSON reader throws the second kind on text that is no text, such as half a surrogate pair in an escape.
            throw Broken(name, $"the header is no valid JSON: {e.Message}", e);
        }
    }

    private static (IReadOnlyList<SafetensorsArray> Arrays, IReadOnlyDictionary<string, string> Metadata) Parse(byte[] content, string name)
    {
        if (content.Length < 8)
            throw Broken(name, $"the file has {content.Length} bytes, fewer than the 8 of the header's length");
        ulong announced = BinaryPrimitives.ReadUInt64LittleEndian(content);
        if (announced > MaxHeaderLength)
            throw Broken(name, $"the header claims {announced} bytes; at most {MaxHeaderLength} are allowed, so this is no safetensors file");
        int headerLength = (int)announced;
        if (headerLength > content.Length - 8)
            throw Broken(name, $"the header claims {headerLength} bytes, but only {content.Length - 8} follow: the file is cut off");
        ReadOnlyMemory<byte> header = content.AsMemory(8, headerLength);
        if (headerLength == 0 || header.Span[0] != (byte)'{')
            throw Broken(name, "the header does not start with '{'");
        if (!Utf8.IsValid(header.Span))
            throw Broken(name, "the header is not UTF-8");

        long dataLength = content.Length - 8L - headerLength;
        using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (JsonProperty property in json.RootElement.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
                ReadMetadata(property.Value, metadata, name);
            else
                entries.Add(ReadEntry(property, name));
        }

        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        long expected = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != expected)
                throw Broken(name, $"'{entry.Name}' starts at byte {entry.Begin} of the data instead of {expected}: arrays {(entry.Begin < expected ? "overlap" : "leave a hole")}");
            expected = entry.End;
            if (expected > dataLength)
                throw Broken(name, $"'{entry.Name}' ends at byte {expected} of the data, but there are only {dataLength}: the file is cut off");
        }

        if (expected != dataLength)
            throw Broken(name, $"{dataLength - expected} bytes behind the last array belong to nothing");

        ReadOnlyMemory<byte> data = content.AsMemory(8 + headerLength);
        return ([.. entries.Select(entry => new SafetensorsArray(entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]))], metadata);
    }

    private static void ReadMetadata(JsonElement element, SortedDictionary<string, string> metadata, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Broken(file, $"'{MetadataKey}' is not an object");
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Broken(file, $"'{MetadataKey}.{property.Name}' is not a string");
            metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private static Entry ReadEntry(JsonProperty property, string file)
    {
        string name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object)
            throw Broken(file, $"'{name}' is not an object");
        string? type = null;
        long[]? sizes = null;
        long[]? offsets = null;
        foreach (JsonProperty part in property.Value.EnumerateObject())
        {
            switch (part.Name)
            {
                case "dtype":
                    type = part.Value.ValueKind == JsonValueKind.String ? part.Value.GetString() : throw Broken(file, $"'{name}': dtype is not a string");
                    break;
                case "shape":
                    sizes = ReadNumbers(part.Value, $"'{name}': shape", file);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(part.Value, $"'{name}': data_offsets", file);
                    break;
                default:
                    throw Broken(file, $"'{name}' has an unknown key '{part.Name}'");
            }
        }

        if (type is null || sizes is null || offsets is null)
            throw Broken(file, $"'{name}' lacks dtype, shape or data_offsets");
        int width = Width(type) ?? throw Broken(file, $"'{name}' has the type '{type}'; {string.Join(", ", Widths.Keys)} can be read");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw Broken(file, $"'{name}': data_offsets must be [begin, end] with end not before begin");
        if (sizes.Any(size => size > int.MaxValue))
            throw Broken(file, $"'{name}': an axis is longer than {int.MaxValue}");
        long bytes;
        try
        {
            bytes = checked(sizes.Aggregate(1L, (product, size) => checked(product * size)) * width);
        }
        catch (OverflowException e)
        {
            throw Broken(file, $"'{name}': the shape is too large to be true", e);
        }

        if (bytes != offsets[1] - offsets[0])
            throw Broken(file, $"'{name}': the shape needs {bytes} bytes, data_offsets give {offsets[1] - offsets[0]}");
        return new Entry(name, type, new Shape([.. sizes.Select(size => (int)size)]), offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(JsonElement element, string what, string file)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Broken(file, $"{what} is not a list");
        var numbers = new List<long>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number) || number < 0)
                throw Broken(file, $"{what} holds '{item.GetRawText()}' where a whole number of at least 0 is due");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static int? Width(string type) => Widths.TryGetValue(type, out int width) ? width : null;

    /// <summary>An array as 32-bit floats.</summary>
    internal static NamedArray ToFloats(SafetensorsArray array) => new(array.Name, array.Shape, Decode(array));

    private static float[] Decode(SafetensorsArray array)
    {
        ReadOnlySpan<byte> bytes = array.Bytes.Span;
        int width = Width(array.Type)!.Value;
        var values = new float[bytes.Length / width];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> item = bytes.Slice(i * width, width);
            values[i] = array.Type switch
            {
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(item),
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(item),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(item),
                // BF16 is the upper half of a 32-bit float.
                "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(item) << 16),
                "I64" => BinaryPrimitives.ReadInt64LittleEndian(item),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(item),
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(item),
                "I8" => (sbyte)item[0],
                "U64" => BinaryPrimitives.ReadUInt64LittleEndian(item),
                "U32" => BinaryPrimitives.ReadUInt32LittleEndian(item),
                "U16" => BinaryPrimitives.ReadUInt16LittleEndian(item),
                "F8_E4M3" => Eight(item[0]),
                // E5M2 is the upper half of a 16-bit float.
                "F8_E5M2" => (float)BitConverter.UInt16BitsToHalf((ushort)(item[0] << 8)),
                _ => item[0],
            };
        }

        return values;
    }

    /// <summary>Sign, four bits of exponent (bias 7), three of mantissa; no infinity, and NaN only where all others are set (arXiv:2209.05433).</summary>
    private static float Eight(byte bits)
    {
        int exponent = (bits >> 3) & 15, mantissa = bits & 7;
        float size = (bits & 127) == 127 ? float.NaN : exponent == 0 ? MathF.ScaleB(mantissa, -9) : MathF.ScaleB(8 + mantissa, exponent - 10);
        return bits < 128 ? size : -size;
    }

    private static VaeException Broken(string file, string why, Exception? inner = null) =>
        new(DiagnosticTable.Snapshots.WeightsUnreadable.At(new Location(file, 0, 0), why), inner);

    private sealed record Entry(string Name, string Type, Shape Shape, long Begin, long End);
}
