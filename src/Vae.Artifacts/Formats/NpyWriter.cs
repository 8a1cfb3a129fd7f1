using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>
/// Writes an array as NumPy's file format 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html): little-endian float32 in
/// C order, which <c>numpy.load</c> opens as it is.
/// </summary>
public static class NpyWriter
{
    private const int Preamble = 10;
    private const int Alignment = 64;

    /// <summary>The file's content. The array's name is not in it.</summary>
    public static byte[] ToBytes(NamedArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        string sizes = string.Concat(array.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + ", ")).TrimEnd();
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}), }}";

        // Spaces and a line end make the numbers start at a multiple of 64.
        int length = (((Preamble + header.Length) / Alignment) + 1) * Alignment;
        header = header.PadRight(length - Preamble - 1) + "\n";
        byte[] content = new byte[length + (array.Values.Length * sizeof(float))];
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(content);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(magic.Length), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, content.AsSpan(Preamble));
        SafetensorsWriter.FloatBytes(array.Values).CopyTo(content.AsSpan(length));
        return content;
    }
}
