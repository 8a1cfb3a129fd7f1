using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

/// <summary>Reads what <see cref="PngEncoder"/> writes, by the specification and independently of it; checks lengths and checksums.</summary>
internal static class Png
{
    public static Bitmap Decode(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        int at = 8;
        byte[] header = [];
        byte[] packed = [];
        string type;
        do
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            type = Encoding.ASCII.GetString(file, at + 4, 4);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            byte[] content = file[(at + 8)..(at + 8 + length)];
            if (type == "IHDR")
                header = content;
            if (type == "IDAT")
                packed = [.. packed, .. content];
            at += length + 12;
        }
        while (type != "IEND");
        Assert.Equal(file.Length, at);

        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        Assert.Equal(8, header[8]);
        int channels = header[9] switch { 0 => 1, 4 => 2, 2 => 3, 6 => 4, byte other => throw new InvalidDataException($"colour type {other}") };
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        zlib.CopyTo(unpacked);
        byte[] data = unpacked.ToArray();
        int stride = width * channels;
        Assert.Equal((stride + 1) * height, data.Length);

        byte[] rows = new byte[stride * height];
        var bitmap = new Bitmap(width, height);
        for (int y = 0; y < height; y++)
        {
            byte filter = data[y * (stride + 1)];
            for (int i = 0; i < stride; i++)
            {
                int left = i >= channels ? rows[(y * stride) + i - channels] : 0;
                int up = y > 0 ? rows[((y - 1) * stride) + i] : 0;
                int corner = i >= channels && y > 0 ? rows[((y - 1) * stride) + i - channels] : 0;
                int p = left + up - corner;
                int paeth = new[] { left, up, corner }.MinBy(candidate => Math.Abs(p - candidate));
                int predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => paeth, _ => throw new InvalidDataException($"filter {filter}") };
                rows[(y * stride) + i] = (byte)(data[(y * (stride + 1)) + 1 + i] + predicted);
            }

            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = rows.AsSpan((y * stride) + (x * channels), channels);
                bool grey = channels < 3;
                (bitmap[x, y][0], bitmap[x, y][1], bitmap[x, y][2]) = grey ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);
                bitmap[x, y][3] = channels is 2 or 4 ? pixel[^1] : (byte)255;
            }
        }

        return bitmap;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
