using System.Text;

/// <summary>Square grey pictures of one size, 0 black to 1 white, as characters for a terminal or as one picture file.</summary>
internal sealed class PictureGrid
{
    private readonly float[] _pixels;
    private readonly int _count;
    private readonly int _side;

    public PictureGrid(ReadOnlySpan<float> pixels, int count)
    {
        _pixels = pixels.ToArray();
        _count = count;
        _side = (int)Math.Sqrt(pixels.Length / Math.Max(count, 1));
    }

    /// <summary>As many pictures a row as fit; a character is two pixels, one above the other, which keeps a digit's proportions.</summary>
    public string ToText(int width)
    {
        int columns = Math.Max(1, width / (_side + 2));
        var text = new StringBuilder();
        for (int first = 0; first < _count; first += columns)
        {
            for (int y = 0; y < _side; y += 2)
            {
                for (int picture = first; picture < Math.Min(first + columns, _count); picture++)
                {
                    for (int x = 0; x < _side; x++)
                        text.Append((Pixel(picture, x, y) > 0.4f, Pixel(picture, x, y + 1) > 0.4f) switch
                        {
                            (true, true) => '█',
                            (true, false) => '▀',
                            (false, true) => '▄',
                            _ => ' ',
                        });
                    text.Append("  ");
                }

                // Spaces at the end of a line help nobody.
                while (text.Length > 0 && text[^1] == ' ')
                    text.Length--;
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A portable grey map: a short text header, then a byte a pixel. Most viewers open it.</summary>
    public byte[] ToPgm(int columns)
    {
        int rows = (_count + columns - 1) / columns;
        int width = columns * _side;
        byte[] header = Encoding.ASCII.GetBytes($"P5\n{width} {rows * _side}\n255\n");
        byte[] map = new byte[header.Length + (width * rows * _side)];
        header.CopyTo(map, 0);
        for (int picture = 0; picture < _count; picture++)
        {
            int corner = header.Length + (picture / columns * _side * width) + (picture % columns * _side);
            for (int y = 0; y < _side; y++)
            {
                for (int x = 0; x < _side; x++)
                    map[corner + (y * width) + x] = (byte)Math.Round(Math.Clamp(Pixel(picture, x, y), 0, 1) * 255);
            }
        }

        return map;
    }

    private float Pixel(int picture, int x, int y) => y < _side ? _pixels[(((picture * _side) + y) * _side) + x] : 0;
}
