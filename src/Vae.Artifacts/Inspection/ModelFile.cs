using System.Buffers.Binary;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Onnx;
using Vae.Artifacts.Writing;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Inspection;

/// <summary>Looks into files of models, whoever wrote them: safetensors and ONNX. Which it is, the content says.</summary>
public static class ModelFile
{
    /// <summary>Reads a file and sums it up.</summary>
    /// <exception cref="VaeException">VAE5101: a safetensors file is broken. VAE5108: the file cannot be read, or is neither.</exception>
    public static ModelFileSummary Inspect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = WholeFile.Read(path, (why, e) => Unreadable(path, why, e));
        if (IsSafetensors(content))
            return Safetensors(content, path);
        try
        {
            return OnnxReader.Read(content);
        }
        catch (FormatException e)
        {
            throw Unreadable(path, $"it is no safetensors file, and no ONNX model: {e.Message}", e);
        }
    }

    // The length of a header, and the brace with which it begins.
    private static bool IsSafetensors(ReadOnlySpan<byte> content) =>
        content.Length > 8 && content[8] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(content) <= int.MaxValue;

    private static ModelFileSummary Safetensors(byte[] content, string path)
    {
        (IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata) = SafetensorsReader.ReadAsStored(content, path);
        return new ModelFileSummary("safetensors", content.LongLength)
        {
            Metadata = [.. metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)],
            Arrays =
            [
                .. arrays.Select(array => new ArraySummary(array.Name, array.Type, [.. array.Shape.Select(size => (long)size)])
                {
                    Numbers = NumberSummary.Of(SafetensorsReader.ToFloats(array).Values),
                }),
            ],
        };
    }

    private static VaeException Unreadable(string path, string message, Exception inner) =>
        new(DiagnosticTable.Snapshots.ModelFileUnreadable.At(new Location(path, 0, 0), message), inner);
}
