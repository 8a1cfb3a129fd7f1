namespace Vae.Dsl;

/// <summary>Bounds of one final metric.</summary>
/// <param name="Metric">Its name in <c>metrics.json</c>: <c>test.reconstruction</c>.</param>
/// <param name="Min">The smallest value allowed; or <c>null</c>.</param>
/// <param name="Max">The largest value allowed; or <c>null</c>.</param>
/// <param name="Tolerance">How far it may lie from the snapshot's, relative; or <c>null</c> for the default.</param>
public sealed record MetricCheck(string Metric, double? Min = null, double? Max = null, double? Tolerance = null);
