namespace Vae.Dsl;

/// <summary>How far one column of the loss curve may lie from its snapshot's. What is <c>null</c> is that of the whole curve.</summary>
/// <param name="Column">Its name in <c>loss.csv</c>: <c>train.kl</c>.</param>
/// <param name="Tolerance">Relative (0.02 for <c>2%</c>).</param>
/// <param name="Absolute">In the column's own unit, added to the relative part.</param>
/// <param name="Better">The direction that passes; <c>null</c> where every change counts.</param>
public sealed record ColumnCheck(string Column, double? Tolerance = null, double? Absolute = null, Better? Better = null);
