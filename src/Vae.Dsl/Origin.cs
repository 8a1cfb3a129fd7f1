using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>Where a value of a resolved spec came from.</summary>
/// <param name="Path">The value's path: <c>train.lr</c>, <c>encoder.0.linear.out</c>.</param>
/// <param name="Value">The value as the resolved form writes it.</param>
/// <param name="Place">Where it was written; <c>null</c> for the language's default.</param>
/// <param name="Parameter">The parameter whose value it is; <c>null</c> for a value that stands there itself.</param>
public sealed record Origin(string Path, string Value, Location? Place, string? Parameter);
