using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Snapshots;

/// <summary>
/// Tolerances from trainings of one spec that should give the same: with other numbers of threads, which add in another order as another machine does,
/// and with other seeds, which is what chance does. A change within the latter cannot be told from luck.
/// </summary>
/// <param name="Numbers">Every final metric and every column of the loss curve that varied, metrics first, by name.</param>
/// <param name="MeanSimilarity">The smallest mean similarity of a picture to that of the reference, other threads only; <c>null</c> where none was compared.</param>
/// <param name="WorstWindow">The smallest similarity of a window; <c>null</c> where none was compared.</param>
public sealed record Calibration(IReadOnlyList<CalibratedNumber> Numbers, double? MeanSimilarity, double? WorstWindow)
{
    /// <summary>Evidence is multiplied by it: what a few runs show is not the worst that can happen.</summary>
    public const double Margin = 1.5;

    // Below it the last digits of another processor would count.
    private const double Smallest = 0.005;

    // Above it a percentage says that the numbers are near zero, and an absolute tolerance says more.
    private const double LargestRelative = 0.25;

    /// <summary>Compares trainings with a reference.</summary>
    /// <param name="reference">The folder of the reference.</param>
    /// <param name="otherThreads">Folders of trainings that differ in the number of threads.</param>
    /// <param name="otherSeeds">Folders of trainings that differ in the seed.</param>
    /// <exception cref="VaeException">VAE5103: a file is missing or broken.</exception>
    public static Calibration Of(string reference, IReadOnlyList<string> otherThreads, IReadOnlyList<string> otherSeeds)
    {
        ArgumentException.ThrowIfNullOrEmpty(reference);
        ArgumentNullException.ThrowIfNull(otherThreads);
        ArgumentNullException.ThrowIfNull(otherSeeds);
        IReadOnlyDictionary<string, double> metrics = ArtifactFolder.ReadMetrics(reference);
        Curve curve = ReadCurve(reference);
        Curve[] byThreads = [.. otherThreads.Select(ReadCurve)], bySeeds = [.. otherSeeds.Select(ReadCurve)];
        IEnumerable<CalibratedNumber> ofMetrics = metrics.Keys.Order(StringComparer.Ordinal).Select(name => Number(
            name,
            isColumn: false,
            [metrics[name]],
            [.. otherThreads.Select(folder => Final(folder, name))],
            [.. otherSeeds.Select(folder => Final(folder, name))]));
        IEnumerable<CalibratedNumber> ofColumns = curve.Columns.Where(column => column != "epoch").Order(StringComparer.Ordinal).Select(column => Number(
            column,
            isColumn: true,
            curve.Column(column)!,
            [.. byThreads.Select(other => other.Column(column) ?? [])],
            [.. bySeeds.Select(other => other.Column(column) ?? [])]));
        PictureSimilarity[] pictures = [.. otherThreads.SelectMany(folder => Pictures(reference, folder))];
        return new Calibration(
            [.. ofMetrics.Concat(ofColumns).Where(number => number.ByThreads > 0 || number.BySeeds > 0)],
            pictures.Length == 0 ? null : pictures.Min(picture => picture.Mean),
            pictures.Length == 0 ? null : pictures.Min(picture => picture.Worst));
    }

    /// <summary>The checks with the tolerances proposed; bounds and directions stay as they are.</summary>
    public ChecksSpec Propose(ChecksSpec checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        CalibratedNumber[] columns = [.. Numbers.Where(number => number.IsColumn)];
        // Most columns say nothing of their own: the tolerance that fits most of them is the curve's.
        double? ofCurve = columns.Where(column => column.Absolute is null).GroupBy(column => column.Relative)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault()?.Key;
        Dictionary<string, ColumnCheck> oldColumns = checks.LossCurveColumns.ToDictionary(check => check.Column);
        foreach (CalibratedNumber column in columns)
        {
            bool own = column.Absolute is not null || column.Relative != ofCurve;
            ColumnCheck old = oldColumns.GetValueOrDefault(column.Name) ?? new ColumnCheck(column.Name);
            oldColumns[column.Name] = old with { Tolerance = own ? column.Relative : null, Absolute = column.Absolute };
        }

        Dictionary<string, MetricCheck> oldMetrics = checks.Metrics.ToDictionary(check => check.Metric);
        foreach (CalibratedNumber metric in Numbers.Where(number => !number.IsColumn))
            oldMetrics[metric.Name] = (oldMetrics.GetValueOrDefault(metric.Name) ?? new MetricCheck(metric.Name)) with { Tolerance = metric.Relative, Absolute = metric.Absolute };
        return checks with
        {
            LossCurveTolerance = ofCurve ?? checks.LossCurveTolerance,
            LossCurveColumns = [.. oldColumns.Values.Where(check => check is not { Tolerance: null, Absolute: null, Better: null }).OrderBy(check => check.Column, StringComparer.Ordinal)],
            Metrics = [.. oldMetrics.Values.OrderBy(check => check.Metric, StringComparer.Ordinal)],
            ImageSimilarity = ProposedSimilarity() ?? checks.ImageSimilarity,
        };
    }

    // One bound serves the mean and the worst window, and the worst window is the smaller one. Where the defaults hold with the margin, none is needed.
    private double? ProposedSimilarity()
    {
        if (MeanSimilarity is not { } mean || WorstWindow is not { } worst)
            return null;
        double meanWithMargin = 1 - (Margin * (1 - mean)), worstWithMargin = 1 - (Margin * (1 - worst));
        return meanWithMargin >= SnapshotOptions.DefaultMean && worstWithMargin >= SnapshotOptions.DefaultWorst ? null : Math.Max(0, Math.Floor(Math.Min(meanWithMargin, worstWithMargin) * 20) / 20);
    }

    private static CalibratedNumber Number(string name, bool isColumn, double[] reference, double[][] byThreads, double[][] bySeeds)
    {
        double[][] all = [.. byThreads, .. bySeeds];
        double threads = Spread(reference, byThreads), seeds = Spread(reference, bySeeds);
        double needed = Math.Max(threads, seeds) * Margin;
        if (needed <= LargestRelative)
            return new CalibratedNumber(name, isColumn, reference[^1], threads, seeds, Math.Max(Smallest, RoundedUp(needed)), null);
        double beyond = Pairs(reference, all).Max(pair => Math.Abs(pair.Now - pair.Then) - (SnapshotOptions.DefaultTolerance.Relative * Math.Abs(pair.Then)));
        return new CalibratedNumber(name, isColumn, reference[^1], threads, seeds, SnapshotOptions.DefaultTolerance.Relative, RoundedUp(Math.Max(0, beyond) * Margin));
    }

    /// <summary>The largest relative deviation; infinite where a number is compared with 0, or is none.</summary>
    private static double Spread(double[] reference, double[][] others) => Pairs(reference, others)
        .Select(pair => pair.Now.Equals(pair.Then) ? 0 : Math.Abs(pair.Now - pair.Then) / Math.Abs(pair.Then))
        .Select(spread => double.IsNaN(spread) ? double.PositiveInfinity : spread)
        .DefaultIfEmpty(0)
        .Max();

    // Trainings that stop early have curves of different lengths; what both have is compared.
    private static IEnumerable<(double Now, double Then)> Pairs(double[] reference, double[][] others) => others.SelectMany(other => other.Zip(reference));

    /// <summary>The next of 1, 2, 5, 10, 20 … hundredths.</summary>
    internal static double RoundedUp(double value)
    {
        if (value <= 0 || !double.IsFinite(value))
            return 0;
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double digit = value / power;
        double next = digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10;
        // Through decimal, so that 0.02 is written as that.
        return (double)((decimal)next * (decimal)power);
    }

    private static double[] Final(string folder, string metric) => ArtifactFolder.ReadMetrics(folder).TryGetValue(metric, out double value) ? [value] : [];

    private static Curve ReadCurve(string folder)
    {
        string path = ArtifactFolder.Existing(folder, ArtifactFolder.Loss);
        try
        {
            return LossCsv.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(path, 0, 0), e.Message), e);
        }
    }

    private static IEnumerable<PictureSimilarity> Pictures(string reference, string other)
    {
        string plots = Path.Combine(reference, ArtifactFolder.Plots);
        if (!Directory.Exists(plots))
            yield break;
        foreach (string path in Directory.EnumerateFiles(plots, "*.png").Order(StringComparer.Ordinal))
        {
            string twin = Path.Combine(other, ArtifactFolder.Plots, Path.GetFileName(path));
            if (!File.Exists(twin))
                continue;
            Picture then = PngReader.Read(File.ReadAllBytes(path)), now = PngReader.Read(File.ReadAllBytes(twin));
            if (then.Width == now.Width && then.Height == now.Height)
                yield return PictureSimilarity.Of(then, now);
        }
    }
}
