using Vae.Artifacts.Snapshots;
using Vae.Dsl;

namespace Vae.Artifacts.Comparing;

/// <summary>Two specs or trainings side by side.</summary>
/// <param name="First">The one that the other is held against.</param>
/// <param name="Second">The other.</param>
/// <param name="Values">The values of the specs that differ, in their order.</param>
/// <param name="Metrics">All final metrics, ordered by name; empty unless both are trained.</param>
/// <param name="Curves">The columns that both loss curves have, rates and weights left out; empty unless both are trained.</param>
public sealed record ModelComparison(
    ComparedModel First,
    ComparedModel Second,
    IReadOnlyList<ValueDifference> Values,
    IReadOnlyList<MetricComparison> Metrics,
    IReadOnlyList<CurveComparison> Curves)
{
    // What says how a loss is computed and of what; a loss of another definition is another number.
    private static readonly string[] Defining = ["loss.", "data."];

    /// <summary>Whether a metric or the end of a curve is worse.</summary>
    public bool IsWorse => Metrics.Any(metric => metric.Verdict == Verdict.Worse) || Curves.Any(curve => curve.Verdict == Verdict.Worse);

    /// <summary>Whether anything differs.</summary>
    public bool IsDifferent => Values.Count > 0 || Metrics.Any(metric => metric.Verdict != Verdict.Same) || Curves.Any(curve => curve.Verdict != Verdict.Same);

    /// <summary>Where the specs differ in what the losses are; then their numbers need not mean the same.</summary>
    public IReadOnlyList<string> Redefined => [.. Values.Select(value => value.Path).Where(path => Defining.Any(section => path.StartsWith(section, StringComparison.Ordinal)))];

    /// <summary>Compares.</summary>
    /// <param name="first">The one that the other is held against. Its <c>checks</c> say tolerances and directions of metrics.</param>
    /// <param name="second">The other.</param>
    /// <param name="relative">The tolerance of all numbers, relative; <c>null</c> for that of the checks, and else 2 %.</param>
    public static ModelComparison Of(ComparedModel first, ComparedModel second, double? relative = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var options = new SnapshotOptions();
        Tolerance Asked(Tolerance tolerance) => relative is double all ? tolerance with { Relative = all } : tolerance;
        List<MetricComparison> metrics = [];
        List<CurveComparison> curves = [];
        if (first.Metrics is { } old && second.Metrics is { } now)
        {
            foreach (string name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
            {
                double? before = old.TryGetValue(name, out double value) ? value : null, after = now.TryGetValue(name, out value) ? value : null;
                metrics.Add(new MetricComparison(name, before, after, Judge(name, before, after, Asked(options.MetricTolerance(first.Spec.Checks, name)))));
            }
        }

        if (first.Curve is { } curve && second.Curve is { } other)
        {
            foreach (string name in curve.Columns.Intersect(other.Columns).Where(name => name is not ("epoch" or "lr") && !name.EndsWith(".weight", StringComparison.Ordinal)))
            {
                double[] before = curve.Column(name)!, after = other.Column(name)!;
                double? last = before.Length > 0 ? before[^1] : null, end = after.Length > 0 ? after[^1] : null;
                curves.Add(new CurveComparison(name, before, after, Judge(name, last, end, Asked(options.CurveTolerance(first.Spec.Checks, name)))));
            }
        }

        return new ModelComparison(first, second, SpecComparer.Compare(first.Values, second.Values), metrics, curves);
    }

    private static Verdict Judge(string name, double? first, double? second, Tolerance tolerance)
    {
        if (first is not double old || second is not double now)
            return Verdict.Missing;
        if ((tolerance with { Direction = Direction.Both }).Used(now, old) <= 1 || (double.IsNaN(old) && double.IsNaN(now)))
            return Verdict.Same;
        // No number at all is never better.
        if (double.IsNaN(now))
            return Verdict.Worse;
        return (tolerance.Direction == Direction.Both ? DirectionOf(name) : tolerance.Direction) switch
        {
            Direction.LowerIsBetter => now < old || double.IsNaN(old) ? Verdict.Better : Verdict.Worse,
            Direction.HigherIsBetter => now > old || double.IsNaN(old) ? Verdict.Better : Verdict.Worse,
            _ => Verdict.Different,
        };
    }

    /// <summary>A KL is good or bad only beside a reconstruction, so that nothing is said of it.</summary>
    private static Direction DirectionOf(string name) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "loss" or "reconstruction" or "reconstruction-mu" => Direction.LowerIsBetter,
        "log-likelihood" => Direction.HigherIsBetter,
        _ => Direction.Both,
    };
}
