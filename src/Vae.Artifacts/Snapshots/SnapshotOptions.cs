using Vae.Dsl;

namespace Vae.Artifacts.Snapshots;

/// <summary>What of a model is compared, and how closely. Whatever is not set here comes from the spec's <c>checks</c>, or is the default.</summary>
public sealed record SnapshotOptions
{
    /// <summary>What is compared. Files of other parts are neither looked at nor missed.</summary>
    public SnapshotParts Parts { get; init; } = SnapshotParts.All;

    /// <summary>The only plot whose picture is compared (<c>reconstructions</c>); <c>null</c> for all.</summary>
    public string? Plot { get; init; }

    /// <summary>Tolerance of the loss curve, every column but <c>epoch</c>. Default: the spec's <c>checks.loss-curve</c>, else 2 % + 1e-6.</summary>
    public Tolerance? LossCurve { get; init; }

    /// <summary>Tolerances of columns of the loss curve by name; for others <see cref="LossCurve"/>, and before that the spec's <c>checks.loss-curve.columns</c>.</summary>
    public IReadOnlyDictionary<string, Tolerance> Columns { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>Tolerances of final metrics by name; for others the spec's <c>checks.metrics</c>, else 2 % + 1e-6.</summary>
    public IReadOnlyDictionary<string, Tolerance> Metrics { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>The smallest similarity of the worst window of a picture. Default: the spec's <c>checks.images.ssim</c>, else 0.5.</summary>
    public double? WorstWindow { get; init; }

    /// <summary>The smallest mean similarity of a picture. Default: the spec's <c>checks.images.ssim</c>, else 0.95.</summary>
    public double? MeanSimilarity { get; init; }

    /// <summary>The snapshots' name where one spec has several (<c>mnist-mlp-quick</c>); <c>null</c> for the spec's own.</summary>
    public string? Name { get; init; }

    /// <summary>Whether what differs is written beside the accepted files as <c>.received.</c>, to be looked at.</summary>
    public bool WriteReceived { get; init; } = true;

    internal const double DefaultMean = 0.95;
    internal const double DefaultWorst = 0.5;

    internal static Tolerance DefaultTolerance { get; } = new(1e-6, 0.02);

    internal Tolerance CurveTolerance(ChecksSpec checks, string column)
    {
        if (Columns.TryGetValue(column, out Tolerance? own))
            return own;
        if (LossCurve is not null)
            return LossCurve;
        ColumnCheck? check = checks.LossCurveColumns.FirstOrDefault(check => check.Column == column);
        return new Tolerance(
            check?.Absolute ?? checks.LossCurveAbsolute ?? DefaultTolerance.Absolute,
            check?.Tolerance ?? checks.LossCurveTolerance ?? DefaultTolerance.Relative,
            DirectionOf(check?.Better));
    }

    internal Tolerance MetricTolerance(ChecksSpec checks, string metric)
    {
        if (Metrics.TryGetValue(metric, out Tolerance? own))
            return own;
        MetricCheck? check = checks.Metrics.FirstOrDefault(check => check.Metric == metric);
        return new Tolerance(check?.Absolute ?? DefaultTolerance.Absolute, check?.Tolerance ?? DefaultTolerance.Relative, DirectionOf(check?.Better));
    }

    internal double MeanAtLeast(ChecksSpec checks) => MeanSimilarity ?? checks.ImageSimilarity ?? DefaultMean;

    internal double WorstAtLeast(ChecksSpec checks) => WorstWindow ?? checks.ImageSimilarity ?? DefaultWorst;

    private static Direction DirectionOf(Better? better) => better switch
    {
        Better.Lower => Direction.LowerIsBetter,
        Better.Higher => Direction.HigherIsBetter,
        _ => Direction.Both,
    };
}
