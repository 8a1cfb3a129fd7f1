namespace Vae.Dsl;

/// <summary>Two numbers, the smaller first.</summary>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
public sealed record Interval(double Min, double Max);
