namespace Vae.Data;

/// <summary>
/// Brings a picture to another size: smaller by the mean over the area that a new pixel covers, larger by linear interpolation
/// between pixel centres. Both are weights along one axis, used on columns and then on rows.
/// </summary>
internal static class ImageResampler
{
    /// <summary>Resamples interleaved bytes <c>[height,width,channels]</c>.</summary>
    public static byte[] Resize(ReadOnlySpan<byte> pixels, int channels, (int Width, int Height) from, (int Width, int Height) to)
    {
        if (from == to)
            return pixels.ToArray();
        (int First, double[] Weights)[] columns = Along(from.Width, to.Width);
        (int First, double[] Weights)[] rows = Along(from.Height, to.Height);
        double[] narrow = new double[from.Height * to.Width * channels];
        for (int y = 0; y < from.Height; y++)
        {
            for (int x = 0; x < to.Width; x++)
            {
                (int first, double[] weights) = columns[x];
                for (int channel = 0; channel < channels; channel++)
                {
                    double sum = 0;
                    for (int i = 0; i < weights.Length; i++)
                        sum += weights[i] * pixels[(((y * from.Width) + first + i) * channels) + channel];
                    narrow[(((y * to.Width) + x) * channels) + channel] = sum;
                }
            }
        }

        int line = to.Width * channels;
        byte[] resized = new byte[to.Height * line];
        for (int y = 0; y < to.Height; y++)
        {
            (int first, double[] weights) = rows[y];
            for (int x = 0; x < line; x++)
            {
                double sum = 0;
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * narrow[((first + i) * line) + x];
                resized[(y * line) + x] = (byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255);
            }
        }

        return resized;
    }

    /// <summary>For each new pixel the first old one that it draws on, and the weights from there, whose sum is 1.</summary>
    private static (int First, double[] Weights)[] Along(int from, int to) =>
        [.. Enumerable.Range(0, to).Select(index => to <= from ? Area(index, from, to) : Linear(index, from, to))];

    private static (int First, double[] Weights) Area(int index, int from, int to)
    {
        // In units of 1/to of an old pixel, so that the borders are whole numbers.
        long start = (long)index * from;
        long end = start + from;
        int first = (int)(start / to);
        int last = (int)((end - 1) / to);
        double[] weights = new double[last - first + 1];
        for (int pixel = first; pixel <= last; pixel++)
            weights[pixel - first] = (double)(Math.Min(end, (pixel + 1L) * to) - Math.Max(start, (long)pixel * to)) / from;
        return (first, weights);
    }

    private static (int First, double[] Weights) Linear(int index, int from, int to)
    {
        double centre = Math.Clamp(((index + 0.5) * from / to) - 0.5, 0, from - 1);
        int first = Math.Min((int)centre, Math.Max(from - 2, 0));
        double part = centre - first;
        return from == 1 ? (0, [1]) : (first, [1 - part, part]);
    }
}
