using Vae.Dsl;

namespace Vae.Artifacts.Formats;

/// <summary>An array's name and shape, without its numbers.</summary>
/// <param name="Name">A state-dict name: <c>encoder.0.weight</c>.</param>
/// <param name="Shape">All axes.</param>
public sealed record NamedShape(string Name, Shape Shape);
