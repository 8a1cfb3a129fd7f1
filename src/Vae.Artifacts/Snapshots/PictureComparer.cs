using System.Globalization;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Snapshots;

/// <summary>Pictures by their pixels: the same size, and similar enough in the mean and in the worst window.</summary>
internal sealed class PictureComparer(double meanAtLeast, double worstAtLeast) : SnapshotComparer
{
    private const double NearlyAll = 0.8;

    public override Comparison Compare(byte[] received, byte[] verified)
    {
        Picture left = PngReader.Read(verified);
        Picture right = PngReader.Read(received);
        if (left.Width != right.Width || left.Height != right.Height)
            return Comparison.Different(string.Create(CultureInfo.InvariantCulture, $"{right.Width}×{right.Height} pixels, verified {left.Width}×{left.Height}"));
        PictureSimilarity similarity = PictureSimilarity.Of(left, right);
        double ofWorst = Used(similarity.Worst, worstAtLeast), ofMean = Used(similarity.Mean, meanAtLeast);
        double used = Math.Max(ofWorst, ofMean);
        if (used <= NearlyAll)
            return new Comparison(used, []);
        string worst = string.Create(CultureInfo.InvariantCulture, $"worst window {similarity.Worst:0.0000} {Sign(ofWorst)} {worstAtLeast}, at pixel {similarity.WorstX},{similarity.WorstY}");
        string mean = string.Create(CultureInfo.InvariantCulture, $"mean similarity {similarity.Mean:0.0000} {Sign(ofMean)} {meanAtLeast}");
        string pixel = string.Create(CultureInfo.InvariantCulture, $"largest difference of a pixel {similarity.LargestDifference} of 255");
        return new Comparison(used, ofWorst >= ofMean ? [worst, mean, pixel] : [mean, worst, pixel]);
    }

    public override byte[]? Draw(byte[] received, byte[] verified)
    {
        Picture left = PngReader.Read(verified);
        Picture right = PngReader.Read(received);
        return left.Width == right.Width && left.Height == right.Height ? HeatMap.Draw(left, right, PictureSimilarity.Of(left, right)) : null;
    }

    private static string Sign(double used) => used > 1 ? "<" : "≥";

    // How much of the way from equal to the bound is gone; over 1 exactly where the bound is crossed, whatever the rounding.
    private static double Used(double similarity, double atLeast)
    {
        double used = atLeast < 1 ? (1 - similarity) / (1 - atLeast) : double.PositiveInfinity;
        return similarity < atLeast ? Math.Max(used, Math.BitIncrement(1.0)) : atLeast < 1 ? Math.Min(used, 1) : 0;
    }
}
