using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>The points of a sweep, or what is wrong with it.</summary>
/// <param name="Points">Every combination, the last parameter running fastest; empty where there is an error.</param>
/// <param name="Diagnostics">What is wrong with the sweep, or with the spec as far as it is read without the points' values; at most 20.</param>
public sealed record SweepLoadResult(IReadOnlyList<SweepPoint> Points, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The name of the spec that is swept.</summary>
    public string Name { get; init; } = "";

    /// <summary>The files that were read, the spec first and then its bases, as messages name them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
