using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>
/// Writes arrays as safetensors (huggingface/safetensors, README, "Format"): eight bytes of header length, a JSON header,
/// the numbers. Arrays are stored as F32; batch normalization's counter <c>num_batches_tracked</c> as an I64 scalar, which is what
/// PyTorch's <c>load_state_dict(strict=True)</c> expects. The same arrays give the same bytes.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file's content to a stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays; names are unique, and lengths fit the shapes.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>; loaders of the PyTorch family look for <c>format: pt</c>.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or a length does not fit its shape.</exception>
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(metadata);
        Check(arrays);

        // Wider types first, as the reference writer does, so that every array starts on a multiple of its element's size.
        Write(
            stream,
            [
                .. arrays.OrderBy(array => !IsCounter(array)).ThenBy(array => array.Name, StringComparer.Ordinal)
                    .Select(array => new SafetensorsArray(array.Name, IsCounter(array) ? "I64" : "F32", array.Shape, Bytes(array))),
            ],
            metadata);
    }

    /// <summary>Writes arrays in their own types, in the given order.</summary>
    internal static void Write(Stream stream, IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(arrays, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsArray array in arrays)
            stream.Write(array.Bytes.Span);
    }

    /// <summary>A file's content as bytes.</summary>
    /// <inheritdoc cref="Write(Stream, IReadOnlyList{NamedArray}, IReadOnlyDictionary{string, string})"/>
    public static byte[] ToBytes(IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        Write(stream, arrays, metadata);
        return stream.ToArray();
    }

    private static void Check(IReadOnlyList<NamedArray> arrays)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedArray array in arrays)
        {
            if (array.Name == SafetensorsReader.MetadataKey)
                throw new ArgumentException($"an array may not be named '{array.Name}'", nameof(arrays));
            if (!names.Add(array.Name))
                throw new ArgumentException($"there are two arrays named '{array.Name}'", nameof(arrays));
            if (array.Shape.Size != array.Values.Length)
                throw new ArgumentException($"'{array.Name}' {array.Shape} needs {array.Shape.Size} numbers and has {array.Values.Length}", nameof(arrays));
        }
    }

    private static byte[] Header(IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsReader.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long begin = 0;
            foreach (SafetensorsArray array in arrays)
            {
                long end = begin + array.Bytes.Length;
                json.WriteStartObject(array.Name);
                json.WriteString("dtype", array.Type);
                json.WriteStartArray("shape");
                foreach (int size in array.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        // Spaces behind the JSON keep the numbers aligned; the format allows them there.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    /// <summary>Little-endian bytes of an array: 64-bit integers of a counter, 32-bit floats of all else.</summary>
    internal static byte[] Bytes(NamedArray array)
    {
        if (IsCounter(array))
        {
            var counters = new byte[array.Values.Length * sizeof(long)];
            for (int i = 0; i < array.Values.Length; i++)
                BinaryPrimitives.WriteInt64LittleEndian(counters.AsSpan(i * sizeof(long)), (long)Math.Round(array.Values[i]));
            return counters;
        }

        return FloatBytes(array.Values);
    }

    /// <summary>Little-endian bytes of 32-bit floats.</summary>
    internal static byte[] FloatBytes(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values).ToArray();
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    /// <summary>Whether it is batch normalization's counter, an integer.</summary>
    internal static bool IsCounter(NamedArray array) =>
        array.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal) && array.Shape.Rank == 0;
}
