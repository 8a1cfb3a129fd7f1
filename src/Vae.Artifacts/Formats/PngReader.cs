using System.Buffers.Binary;
using System.IO.Compression;

namespace Vae.Artifacts.Formats;

/// <summary>
/// Reads PNG (ISO/IEC 15948) as far as our own pictures and most others need it: 8 bits a channel, grey or RGB, with or without opacity,
/// not interlaced. Transparent pixels are laid over white.
/// </summary>
internal static class PngReader
{
    private const int MaxPixels = 1 << 26;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a file.</summary>
    /// <exception cref="FormatException">It is no PNG, is cut off, or is of a kind that is not read.</exception>
    public static Picture Read(byte[] content)
    {
        if (!content.AsSpan().StartsWith(Signature))
            throw new FormatException("it is no PNG file");
        int width = 0, height = 0, channels = 0;
        using var packed = new MemoryStream();
        int position = Signature.Length;
        while (true)
        {
            if (content.Length - position < 12)
                throw new FormatException("the PNG is cut off");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(position));
            if (length > content.Length - position - 12)
                throw new FormatException("the PNG is cut off");
            ReadOnlySpan<byte> type = content.AsSpan(position + 4, 4);
            ReadOnlySpan<byte> data = content.AsSpan(position + 8, (int)length);
            position += 12 + (int)length;
            if (type.SequenceEqual("IHDR"u8))
                (width, height, channels) = Header(data);
            else if (type.SequenceEqual("IDAT"u8))
                packed.Write(data);
            else if (type.SequenceEqual("IEND"u8))
                break;
        }

        if (channels == 0)
            throw new FormatException("the PNG has no header");
        packed.Position = 0;
        byte[] rows = Unpack(packed, height, checked(width * channels), channels);
        return new Picture(width, height, OverWhite(rows, channels));
    }

    private static (int Width, int Height, int Channels) Header(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
            throw new FormatException("the PNG's header is damaged");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width == 0 || height == 0 || (ulong)width * height > MaxPixels)
            throw new FormatException($"a PNG of {width}×{height} pixels is not read");
        int channels = data[9] switch
        {
            0 => 1,
            4 => 2,
            2 => 3,
            6 => 4,
            _ => 0,
        };
        if (channels == 0 || data[8] != 8 || data[12] != 0)
            throw new FormatException("only PNGs with 8 bits a channel, without palette and interlacing, are read");
        return ((int)width, (int)height, channels);
    }

    private static byte[] Unpack(MemoryStream packed, int height, int length, int channels)
    {
        byte[] rows = new byte[checked(height * length)];
        Span<byte> filter = stackalloc byte[1];
        try
        {
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            for (int y = 0; y < height; y++)
            {
                zlib.ReadExactly(filter);
                Span<byte> row = rows.AsSpan(y * length, length);
                zlib.ReadExactly(row);
                Restore(filter[0], row, y == 0 ? default : rows.AsSpan((y - 1) * length, length), channels);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException("the PNG's pixels are damaged", e);
        }

        return rows;
    }

    // Each byte was stored as its difference from a prediction (PNG specification, 9): left, above, their mean, or Paeth's choice.
    private static void Restore(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        if (filter > 4)
            throw new FormatException($"the PNG has a row of the unknown filter {filter}");
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above.IsEmpty ? 0 : above[i];
            int corner = i >= channels && !above.IsEmpty ? above[i - channels] : 0;
            int predicted = filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, corner),
            };
            row[i] = (byte)(row[i] + predicted);
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner)
            return left;
        return toUp <= toCorner ? up : corner;
    }

    private static byte[] OverWhite(byte[] rows, int channels)
    {
        bool grey = channels < 3;
        bool hasOpacity = channels is 2 or 4;
        var rgb = new byte[rows.Length / channels * 3];
        for (int pixel = 0; pixel < rgb.Length / 3; pixel++)
        {
            int opacity = hasOpacity ? rows[(pixel * channels) + channels - 1] : 255;
            for (int c = 0; c < 3; c++)
            {
                int value = rows[(pixel * channels) + (grey ? 0 : c)];
                rgb[(pixel * 3) + c] = (byte)(((value * opacity) + (255 * (255 - opacity)) + 127) / 255);
            }
        }

        return rgb;
    }
}
