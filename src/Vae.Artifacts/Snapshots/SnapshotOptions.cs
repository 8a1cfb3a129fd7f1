using Vae.Dsl;

namespace Vae.Artifacts.Snapshots;

/// <summary>How close artifacts must be to the accepted ones. Whatever is not set here comes from the spec's <c>checks</c>, or is the default.</summary>
public sealed record SnapshotOptions
{
    /// <summary>Tolerance of the loss curve, every column but <c>epoch</c>. Default: the spec's <c>checks.loss-curve.tolerance</c>, else 2 % + 1e-6.</summary>
    public Tolerance? LossCurve { get; init; }

    /// <summary>Tolerances of final metrics by name; for others the spec's <c>checks.metrics</c>, else 2 % + 1e-6.</summary>
    public IReadOnlyDictionary<string, Tolerance> Metrics { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>The smallest similarity of the worst window of a picture. Default: the spec's <c>checks.images.ssim</c>, else 0.5.</summary>
    public double? WorstWindow { get; init; }

    /// <summary>The smallest mean similarity of a picture. Default: the spec's <c>checks.images.ssim</c>, else 0.95.</summary>
    public double? MeanSimilarity { get; init; }

    /// <summary>Whether the plots' pictures are compared.</summary>
    public bool Pictures { get; init; } = true;

    /// <summary>The snapshots' name where one spec has several (<c>mnist-mlp-quick</c>); <c>null</c> for the spec's own.</summary>
    public string? Name { get; init; }

    /// <summary>Whether what differs is written beside the accepted files as <c>.received.</c>, to be looked at.</summary>
    public bool WriteReceived { get; init; } = true;

    internal static Tolerance DefaultTolerance { get; } = new(1e-6, 0.02);

    internal Tolerance CurveTolerance(Spec spec) =>
        LossCurve ?? (spec.Checks.LossCurveTolerance is double relative ? DefaultTolerance with { Relative = relative } : DefaultTolerance);

    internal Tolerance MetricTolerance(Spec spec, string metric)
    {
        if (Metrics.TryGetValue(metric, out Tolerance? tolerance))
            return tolerance;
        double? relative = spec.Checks.Metrics.FirstOrDefault(check => check.Metric == metric)?.Tolerance;
        return relative is double given ? DefaultTolerance with { Relative = given } : DefaultTolerance;
    }
}
