using System.Text;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>
/// Writes a state dict as TorchSharp's <c>Module.save</c> does, for <c>Module.load</c> of the same modules: the number of arrays, then for
/// each its name, the code of its type, its axes, and the numbers, little-endian. Whole numbers are LEB128, names .NET's length-prefixed
/// UTF-8. Batch normalization's counter is a 64-bit integer there, all else 32-bit floats.
/// </summary>
public static class TorchSharpWriter
{
    // torch.ScalarType's codes.
    private const int Int64 = 4;
    private const int Float32 = 6;

    /// <summary>The file's content.</summary>
    /// <param name="arrays">The state dict in its order.</param>
    public static byte[] ToBytes(IReadOnlyList<NamedArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(arrays.Count);
            foreach (NamedArray array in arrays)
            {
                bool counter = SafetensorsWriter.IsCounter(array);
                writer.Write(array.Name);
                writer.Write7BitEncodedInt(counter ? Int64 : Float32);
                writer.Write7BitEncodedInt(array.Shape.Rank);
                foreach (int size in array.Shape)
                    writer.Write7BitEncodedInt(size);
                writer.Write(SafetensorsWriter.Bytes(array));
            }
        }

        return stream.ToArray();
    }
}
