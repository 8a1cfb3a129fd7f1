using System.Globalization;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Snapshots;

/// <summary>Pictures by their pixels: the same size, and similar enough in the mean and in the worst window.</summary>
internal sealed class PictureComparer(double meanAtLeast, double worstAtLeast) : SnapshotComparer
{
    public override string? Compare(byte[] received, byte[] verified)
    {
        Picture left = PngReader.Read(verified);
        Picture right = PngReader.Read(received);
        if (left.Width != right.Width || left.Height != right.Height)
            return $"{right.Width}×{right.Height} pixels vs {left.Width}×{left.Height}";
        PictureSimilarity similarity = PictureSimilarity.Of(left, right);
        if (similarity.Mean >= meanAtLeast && similarity.Worst >= worstAtLeast)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            mean similarity {similarity.Mean:0.0000} (at least {meanAtLeast})
            worst window {similarity.Worst:0.0000} (at least {worstAtLeast}), at pixel {similarity.WorstX},{similarity.WorstY}
            largest difference of a pixel {similarity.LargestDifference} of 255
            """).ReplaceLineEndings("\n");
    }
}
