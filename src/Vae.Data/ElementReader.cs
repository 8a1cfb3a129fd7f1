namespace Vae.Data;

/// <summary>Reads arrays of numbers from binary files.</summary>
internal static class ElementReader
{
    /// <summary>Makes a float of an element's bytes.</summary>
    public delegate float Converter(ReadOnlySpan<byte> raw);

    /// <summary>So many bytes.</summary>
    public static byte[] Bytes(DataFile file, int length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        file.Fill(bytes);
        return bytes;
    }

    /// <summary>So many elements of <paramref name="width"/> bytes, as floats.</summary>
    public static float[] Floats(DataFile file, int length, int width, Converter convert)
    {
        const int Piece = 8192;
        float[] floats = GC.AllocateUninitializedArray<float>(length);
        byte[] buffer = new byte[Piece * width];
        for (int start = 0; start < length; start += Piece)
        {
            int count = Math.Min(Piece, length - start);
            file.Fill(buffer.AsSpan(0, count * width));
            for (int i = 0; i < count; i++)
                floats[start + i] = convert(buffer.AsSpan(i * width, width));
        }

        return floats;
    }
}
