using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Vae.Data.Tests;

/// <summary>Makes files byte by byte, good and bad.</summary>
internal static class Craft
{
    /// <summary>An 8×8 picture of the colour (200, 100, 50).</summary>
    public static byte[] Jpeg { get; } = Convert.FromBase64String("/9j/2wBDAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAj/wAARCAAIAAgDAREAAhEAAxEA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACAAMAAD8Ajcq7Z//Z");

    public static byte[] Idx(byte type, int[] axes, byte[] values)
    {
        byte[] file = new byte[4 + (4 * axes.Length) + values.Length];
        file[2] = type;
        file[3] = (byte)axes.Length;
        for (int i = 0; i < axes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), axes[i]);
        values.CopyTo(file, 4 + (4 * axes.Length));
        return file;
    }

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Npy(string descr, string shape, byte[] values, bool fortran = false, int version = 1)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}";
        return NpyWithHeader(header, values, version);
    }

    public static byte[] NpyWithHeader(string header, byte[] values, int version = 1)
    {
        int start = version == 1 ? 10 : 12;
        byte[] text = Encoding.UTF8.GetBytes(header.PadRight(128 - start - 1) + "\n");
        byte[] file = [0x93, .. "NUMPY"u8, (byte)version, 0, .. version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length), .. text, .. values];
        return file;
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A PNG of 8 bits a channel, grey (1 channel) or colour (3), rows from the top.</summary>
    public static byte[] Png(int width, int height, int channels, byte[] pixels)
    {
        using MemoryStream rows = new();
        using (ZLibStream packed = new(rows, CompressionMode.Compress, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                packed.WriteByte(0);
                packed.Write(pixels, y * width * channels, width * channels);
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);

        // The decoder does not look at the checksum.
        return [.. length, .. body, 0, 0, 0, 0];
    }
}
