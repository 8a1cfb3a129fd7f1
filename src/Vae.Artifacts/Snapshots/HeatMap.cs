using Vae.Artifacts.Drawing;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Snapshots;

/// <summary>Shows where two pictures differ: the accepted one in pale grey, and over it each pixel's difference from yellow (little) to dark red (all).</summary>
internal static class HeatMap
{
    // Below it a difference cannot be seen, and would only tint the page.
    private const int Unseen = 8;

    /// <summary>The heat map as a PNG file, with a blue frame around the least similar window.</summary>
    public static byte[] Draw(Picture verified, Picture received, PictureSimilarity similarity)
    {
        var map = new Bitmap(verified.Width, verified.Height);
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++)
            {
                ReadOnlySpan<byte> old = Pixel(verified, x, y), now = Pixel(received, x, y);
                int difference = Math.Max(Math.Abs(old[0] - now[0]), Math.Max(Math.Abs(old[1] - now[1]), Math.Abs(old[2] - now[2])));
                byte pale = (byte)(191 + ((old[0] + old[1] + old[2]) / 12));
                (byte red, byte green, byte blue) = difference < Unseen ? (pale, pale, pale) : Heat(difference / 255.0);
                Set(map, x, y, red, green, blue);
            }
        }

        Frame(map, similarity.WorstX - 1, similarity.WorstY - 1, PictureSimilarity.Window + 2);
        return PngEncoder.Encode(map);
    }

    private static ReadOnlySpan<byte> Pixel(Picture picture, int x, int y) => picture.Rgb.AsSpan(((y * picture.Width) + x) * 3, 3);

    // Yellow to red in the first half, red to dark red in the second.
    private static (byte Red, byte Green, byte Blue) Heat(double share) => share < 0.5
        ? ((byte)255, (byte)(220 * (1 - (2 * share))), (byte)0)
        : ((byte)(255 - (155 * ((2 * share) - 1))), (byte)0, (byte)0);

    private static void Frame(Bitmap map, int left, int top, int size)
    {
        for (int i = 0; i < size; i++)
        {
            foreach ((int x, int y) in ((int, int)[])[(left + i, top), (left + i, top + size - 1), (left, top + i), (left + size - 1, top + i)])
            {
                if (x >= 0 && y >= 0 && x < map.Width && y < map.Height)
                    Set(map, x, y, 0, 70, 220);
            }
        }
    }

    private static void Set(Bitmap map, int x, int y, byte red, byte green, byte blue)
    {
        Span<byte> pixel = map[x, y];
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (red, green, blue, 255);
    }
}
