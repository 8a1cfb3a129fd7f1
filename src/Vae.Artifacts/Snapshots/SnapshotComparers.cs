using Vae.Dsl;

namespace Vae.Artifacts.Snapshots;

/// <summary>How each part of a model is compared.</summary>
internal static class SnapshotComparers
{
    /// <summary>The comparer of a part, by what the caller and then the spec allow.</summary>
    public static SnapshotComparer For(SnapshotParts part, ChecksSpec checks, SnapshotOptions options) => part switch
    {
        SnapshotParts.Curve => new CurveComparer(column => options.CurveTolerance(checks, column)),
        SnapshotParts.Metrics => new MetricsComparer(metric => options.MetricTolerance(checks, metric)),
        SnapshotParts.Images => new PictureComparer(options.MeanAtLeast(checks), options.WorstAtLeast(checks)),
        _ => new TextComparer(),
    };

    /// <summary>Compares, where a file that cannot be read is a difference with a reason.</summary>
    public static Comparison Run(SnapshotComparer comparer, byte[] received, byte[] verified)
    {
        if (received.AsSpan().SequenceEqual(verified))
            return Comparison.Equal;
        try
        {
            return comparer.Compare(received, verified);
        }
        catch (FormatException e)
        {
            return Comparison.Different($"the files cannot be compared: {e.Message}");
        }
    }
}
