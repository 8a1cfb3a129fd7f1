namespace Vae.Artifacts;

/// <summary>What became of one entry of <c>checks.metrics</c>.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Min">The smallest value allowed; or <c>null</c>.</param>
/// <param name="Max">The largest value allowed; or <c>null</c>.</param>
/// <param name="Value">The metric; <c>null</c> where it was not measured.</param>
public sealed record CheckOutcome(string Metric, double? Min, double? Max, double? Value)
{
    /// <summary>Whether the metric was measured and lies within its bounds, which no NaN does.</summary>
    public bool Passed => Value is double value && !double.IsNaN(value) && !(value < Min) && !(value > Max);
}
