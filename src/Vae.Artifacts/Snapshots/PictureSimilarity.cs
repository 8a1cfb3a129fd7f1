using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Snapshots;

/// <summary>How alike two pictures of one size are.</summary>
/// <param name="Mean">The mean similarity of all windows, 1 for equal pictures.</param>
/// <param name="Worst">The smallest similarity of a window.</param>
/// <param name="WorstX">That window's left edge.</param>
/// <param name="WorstY">That window's upper edge.</param>
/// <param name="LargestDifference">The largest difference of a pixel's red, green or blue, 0 to 255.</param>
/// <remarks>
/// Structural similarity (Wang et al. 2004, doi:10.1109/TIP.2003.819861) with the usual constants over windows of 8×8 pixels that touch
/// and cover the picture. Two changes make so small a window bear little things: both pictures are smoothed by a 3×3 box first, so that an
/// edge or point that moved by a fraction of a pixel counts little; and a window's similarity is the smallest of its three colours, so that a
/// changed colour of the same brightness is seen.
/// </remarks>
internal sealed record PictureSimilarity(double Mean, double Worst, int WorstX, int WorstY, int LargestDifference)
{
    /// <summary>The width and height of a window in pixels.</summary>
    public const int Window = 8;

    private const double C1 = 0.01 * 255 * (0.01 * 255);
    private const double C2 = 0.03 * 255 * (0.03 * 255);

    /// <summary>Compares two pictures of the same size.</summary>
    public static PictureSimilarity Of(Picture left, Picture right)
    {
        if (left.Width != right.Width || left.Height != right.Height)
            throw new ArgumentException("the pictures differ in size", nameof(right));
        int largest = 0;
        for (int i = 0; i < left.Rgb.Length; i++)
            largest = Math.Max(largest, Math.Abs(left.Rgb[i] - right.Rgb[i]));

        float[] a = Smooth(left), b = Smooth(right);
        double sum = 0;
        (double Value, int X, int Y) worst = (double.PositiveInfinity, 0, 0);
        int windows = 0;
        foreach (int y in Starts(left.Height))
        {
            foreach (int x in Starts(left.Width))
            {
                double value = Enumerable.Range(0, 3).Min(colour => Similarity(a, b, left, x, y, colour));
                sum += value;
                windows++;
                if (value < worst.Value)
                    worst = (value, x, y);
            }
        }

        return new PictureSimilarity(sum / windows, worst.Value, worst.X, worst.Y, largest);
    }

    // Where the size is no multiple of the window's, the last window moves back inside rather than being a sliver.
    private static IEnumerable<int> Starts(int size)
    {
        for (int start = 0; start < size; start += Window)
            yield return Math.Max(0, Math.Min(start, size - Window));
    }

    private static double Similarity(float[] a, float[] b, Picture size, int left, int top, int colour)
    {
        int width = Math.Min(Window, size.Width), height = Math.Min(Window, size.Height);
        double sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                int i = (((y * size.Width) + x) * 3) + colour;
                sumA += a[i];
                sumB += b[i];
                sumAA += (double)a[i] * a[i];
                sumBB += (double)b[i] * b[i];
                sumAB += (double)a[i] * b[i];
            }
        }

        int n = width * height;
        double meanA = sumA / n, meanB = sumB / n;
        double varianceA = Math.Max(0, (sumAA / n) - (meanA * meanA)), varianceB = Math.Max(0, (sumBB / n) - (meanB * meanB));
        double covariance = (sumAB / n) - (meanA * meanB);
        return ((2 * meanA * meanB) + C1) * ((2 * covariance) + C2) / (((meanA * meanA) + (meanB * meanB) + C1) * (varianceA + varianceB + C2));
    }

    private static float[] Smooth(Picture picture)
    {
        int width = picture.Width, height = picture.Height;
        var smooth = new float[picture.Rgb.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int fromY = Math.Max(0, y - 1), toY = Math.Min(height - 1, y + 1), fromX = Math.Max(0, x - 1), toX = Math.Min(width - 1, x + 1);
                for (int colour = 0; colour < 3; colour++)
                {
                    int sum = 0;
                    for (int row = fromY; row <= toY; row++)
                    {
                        for (int column = fromX; column <= toX; column++)
                            sum += picture.Rgb[(((row * width) + column) * 3) + colour];
                    }

                    smooth[(((y * width) + x) * 3) + colour] = (float)sum / ((toY - fromY + 1) * (toX - fromX + 1));
                }
            }
        }

        return smooth;
    }
}
