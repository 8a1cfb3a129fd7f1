using System.Buffers.Binary;
using System.IO.Compression;

namespace Vae.Artifacts.Drawing;

/// <summary>
/// Writes PNG (ISO/IEC 15948): 8 bits a channel, no interlacing, without colour or opacity channels where every pixel is grey or
/// opaque. The pixels are exact; the compressed bytes are those of this machine's zlib.
/// </summary>
internal static class PngEncoder
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcEntry)];

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="dotsPerPixel">How many pixels make one CSS pixel (1/96 inch): viewers and printers then show the intended size.</param>
    public static byte[] Encode(Bitmap bitmap, int dotsPerPixel = 1)
    {
        (int channels, byte colourType) = Layout(bitmap);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, bitmap.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), bitmap.Height);
        header[8] = 8;
        header[9] = colourType;
        Chunk(file, "IHDR"u8, header);

        byte[] density = new byte[9];
        int dotsPerMetre = (int)Math.Round(dotsPerPixel * 96 / 0.0254);
        BinaryPrimitives.WriteInt32BigEndian(density, dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(density.AsSpan(4), dotsPerMetre);
        density[8] = 1;
        Chunk(file, "pHYs"u8, density);

        // Differences are smaller for photographs, plain rows for drawings: both are tried.
        byte[] plain = Pack(Filter(bitmap, channels, filters: 1));
        byte[] filtered = Pack(Filter(bitmap, channels, filters: 5));
        Chunk(file, "IDAT"u8, plain.Length <= filtered.Length ? plain : filtered);
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Pack(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);
        return packed.ToArray();
    }

    private static (int Channels, byte ColourType) Layout(Bitmap bitmap)
    {
        bool grey = true;
        bool opaque = true;
        byte[] rgba = bitmap.Rgba;
        for (int i = 0; i < rgba.Length; i += 4)
        {
            grey &= rgba[i] == rgba[i + 1] && rgba[i] == rgba[i + 2];
            opaque &= rgba[i + 3] == 255;
        }

        return (grey, opaque) switch
        {
            (true, true) => (1, 0),
            (true, false) => (2, 4),
            (false, true) => (3, 2),
            _ => (4, 6),
        };
    }

    // Each row is written by that of the first so many filters with the smallest sum of magnitudes, the heuristic of the PNG specification (12.8).
    private static byte[] Filter(Bitmap bitmap, int channels, int filters)
    {
        int length = bitmap.Width * channels;
        byte[] rows = new byte[(length + 1) * bitmap.Height];
        byte[] above = new byte[length];
        byte[] row = new byte[length];
        byte[] candidate = new byte[length];
        byte[] best = new byte[length];
        for (int y = 0; y < bitmap.Height; y++)
        {
            ReadRow(bitmap, y, channels, row);
            long least = long.MaxValue;
            byte chosen = 0;
            for (byte filter = 0; filter < filters; filter++)
            {
                Difference(filter, row, above, channels, candidate);
                long sum = 0;
                foreach (byte difference in candidate)
                    sum += Math.Abs((int)(sbyte)difference);
                if (sum >= least)
                    continue;
                least = sum;
                chosen = filter;
                (candidate, best) = (best, candidate);
            }

            rows[y * (length + 1)] = chosen;
            best.CopyTo(rows, (y * (length + 1)) + 1);
            (row, above) = (above, row);
        }

        return rows;
    }

    private static void Difference(byte filter, byte[] row, byte[] above, int channels, byte[] difference)
    {
        if (filter == 0)
        {
            row.CopyTo(difference, 0);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int corner = i >= channels ? above[i - channels] : 0;
            int predicted = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            difference[i] = (byte)(row[i] - predicted);
        }
    }

    private static void ReadRow(Bitmap bitmap, int y, int channels, byte[] row)
    {
        int colours = channels >= 3 ? 3 : 1;
        for (int x = 0; x < bitmap.Width; x++)
        {
            Span<byte> pixel = bitmap[x, y];
            pixel[..colours].CopyTo(row.AsSpan(x * channels));
            if (channels is 2 or 4)
                row[(x * channels) + channels - 1] = pixel[3];
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int byLeft = Math.Abs(estimate - left);
        int byUp = Math.Abs(estimate - up);
        int byCorner = Math.Abs(estimate - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcEntry(int index)
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
