namespace Vae.Dsl;

/// <summary>Bounds of one final metric.</summary>
/// <param name="Metric">Its name in <c>metrics.json</c>: <c>test.reconstruction</c>.</param>
/// <param name="Min">The smallest value allowed; or <c>null</c>.</param>
/// <param name="Max">The largest value allowed; or <c>null</c>.</param>
/// <param name="Tolerance">How far it may lie from the snapshot's, relative; or <c>null</c> for the default.</param>
/// <param name="Absolute">How far it may lie from the snapshot's in its own unit, added to the relative part; or <c>null</c> for the default.</param>
/// <param name="Better">The direction that passes; <c>null</c> where every change counts.</param>
public sealed record MetricCheck(string Metric, double? Min = null, double? Max = null, double? Tolerance = null, double? Absolute = null, Better? Better = null);
