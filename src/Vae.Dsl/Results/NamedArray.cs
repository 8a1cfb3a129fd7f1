namespace Vae.Dsl.Results;

/// <summary>An array of numbers with a name, in C order.</summary>
/// <param name="Name">A state-dict name (<c>encoder.0.weight</c>) or an evaluation's part (<c>mu</c>).</param>
/// <param name="Shape">All axes, the batch axis included where there is one.</param>
/// <param name="Values">As many numbers as the shape says.</param>
public sealed record NamedArray(string Name, Shape Shape, float[] Values);
