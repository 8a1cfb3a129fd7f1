using System.Buffers.Binary;
using System.IO.Compression;

namespace Vae.Artifacts.Tests.Formats;

/// <summary>A plain PNG writer for tests: every filter on demand, checksums left 0 as the reader has no use for them.</summary>
internal static class PngFile
{
    public static byte[] Of(int width, int height, int channels, byte[] pixels, Func<int, byte>? filterOfRow = null, int depth = 8, int interlace = 0, int? colourType = null)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)(colourType ?? channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 });
        header[12] = (byte)interlace;
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", "a\0b"u8.ToArray());
        byte[] packed = Pack(Filtered(width * channels, height, channels, pixels, filterOfRow ?? (_ => 0)));
        // In two parts, as a large picture comes.
        Chunk(file, "IDAT", packed[..(packed.Length / 2)]);
        Chunk(file, "IDAT", packed[(packed.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Filtered(int length, int height, int channels, byte[] pixels, Func<int, byte> filterOfRow)
    {
        var rows = new List<byte>();
        int At(int row, int column) => row < 0 || column < 0 ? 0 : pixels[(row * length) + column];
        for (int y = 0; y < height; y++)
        {
            byte filter = filterOfRow(y);
            rows.Add(filter);
            for (int x = 0; x < length; x++)
            {
                int left = At(y, x - channels), up = At(y - 1, x), corner = x - channels < 0 ? 0 : At(y - 1, x - channels);
                int predicted = filter switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => new[] { left, up, corner }.MinBy(v => Math.Abs(left + up - corner - v)),
                    _ => 0,
                };
                rows.Add((byte)(At(y, x) - predicted));
            }
        }

        return [.. rows];
    }

    private static byte[] Pack(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(System.Text.Encoding.ASCII.GetBytes(type));
        file.Write(content);
        file.Write(new byte[4]);
    }
}
