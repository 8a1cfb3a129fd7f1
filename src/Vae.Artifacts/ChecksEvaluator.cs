using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>Compares final metrics with the bounds under <c>checks.metrics</c>.</summary>
public static class ChecksEvaluator
{
    /// <summary>Every check with its value, in the spec's order. Checks without a bound (a snapshot's tolerance alone) are left out.</summary>
    public static IReadOnlyList<CheckOutcome> Outcomes(Spec spec, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(metrics);
        return
        [
            .. spec.Checks.Metrics
                .Where(check => check.Min is not null || check.Max is not null)
                .Select(check => new CheckOutcome(check.Metric, check.Min, check.Max, metrics.TryGetValue(check.Metric, out double value) ? value : null)),
        ];
    }

    /// <summary>A diagnostic for each check that failed: VAE5001 with metric, bound and value, VAE5002 for a metric that was not measured.</summary>
    public static IReadOnlyList<Diagnostic> Evaluate(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Evaluate(result.Spec, result.Metrics);
    }

    /// <summary>The same of metrics that were measured earlier.</summary>
    public static IReadOnlyList<Diagnostic> Evaluate(Spec spec, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(metrics);
        return [.. Outcomes(spec, metrics).Where(outcome => !outcome.Passed).Select(outcome => Describe(outcome, spec, metrics))];
    }

    private static Diagnostic Describe(CheckOutcome outcome, Spec spec, IReadOnlyDictionary<string, double> metrics)
    {
        if (outcome.Value is not double value)
        {
            string known = string.Join(", ", metrics.Keys.Order(StringComparer.Ordinal));
            return DiagnosticTable.Snapshots.MetricUnknown.At(null, $"checks.metrics names '{outcome.Metric}', which was not measured; there are {known}");
        }

        string text = double.IsNaN(value) ? "is not a number"
            : value > outcome.Max ? string.Create(CultureInfo.InvariantCulture, $"is {value:G6}, above its bound of {outcome.Max}")
            : string.Create(CultureInfo.InvariantCulture, $"is {value:G6}, below its bound of {outcome.Min}");
        return DiagnosticTable.Snapshots.MetricOutOfBounds.At(null, $"{outcome.Metric} of '{spec.Name}' {text} (checks.metrics)");
    }
}
