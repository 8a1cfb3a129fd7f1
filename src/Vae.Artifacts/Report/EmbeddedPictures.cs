using System.Text.RegularExpressions;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Report;

/// <summary>The pictures inside of SVG texts: the one thing that can make a page too large to send.</summary>
internal static partial class EmbeddedPictures
{
    // A picture of fewer bytes gains nothing.
    private const int Least = 20_000;

    /// <summary>
    /// Halves the largest pictures until the texts together have at most so many characters, or no picture is worth it. The files in the
    /// folder of plots keep all their pixels.
    /// </summary>
    public static IReadOnlyList<string> Fit(IReadOnlyList<string> texts, int most)
    {
        string[] fitted = [.. texts];
        while (fitted.Sum(text => text.Length) > most)
        {
            (int At, Match Match)? largest = fitted
                .SelectMany((text, at) => Picture().Matches(text).Select(match => (At: at, Match: match)))
                .Where(found => found.Match.Length >= Least)
                .OrderByDescending(found => found.Match.Length)
                .Select(found => ((int, Match)?)found)
                .FirstOrDefault();
            if (largest is not (int at, Match match))
                break;
            string smaller = Convert.ToBase64String(Half(Convert.FromBase64String(match.Groups["data"].Value)));
            if (smaller.Length >= match.Groups["data"].Length)
                break;
            Group data = match.Groups["data"];
            fitted[at] = string.Concat(fitted[at].AsSpan(0, data.Index), smaller, fitted[at].AsSpan(data.Index + data.Length));
        }

        return fitted;
    }

    // Each pixel is the mean of up to four.
    private static byte[] Half(byte[] png)
    {
        Picture picture = PngReader.Read(png);
        var half = new Bitmap((picture.Width + 1) / 2, (picture.Height + 1) / 2);
        for (int y = 0; y < half.Height; y++)
        {
            for (int x = 0; x < half.Width; x++)
            {
                Span<byte> pixel = half[x, y];
                (int right, int bottom) = (Math.Min((2 * x) + 2, picture.Width), Math.Min((2 * y) + 2, picture.Height));
                int count = (right - (2 * x)) * (bottom - (2 * y));
                for (int channel = 0; channel < 3; channel++)
                {
                    int sum = 0;
                    for (int v = 2 * y; v < bottom; v++)
                    {
                        for (int u = 2 * x; u < right; u++)
                            sum += picture.Rgb[(((v * picture.Width) + u) * 3) + channel];
                    }

                    pixel[channel] = (byte)((sum + (count / 2)) / count);
                }

                pixel[3] = 255;
            }
        }

        return PngEncoder.Encode(half);
    }

    [GeneratedRegex("data:image/png;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Picture();
}
