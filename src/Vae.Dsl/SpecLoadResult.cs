using System.Diagnostics.CodeAnalysis;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>A spec, or what is wrong with it.</summary>
/// <param name="Spec">The spec; <c>null</c> where there is an error, and for a spec that is abstract.</param>
/// <param name="Diagnostics">Errors and warnings in the order of the text, at most 20.</param>
public sealed record SpecLoadResult(Spec? Spec, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is a spec that can be trained.</summary>
    [MemberNotNullWhen(true, nameof(Spec))]
    public bool IsTrainable => Spec is not null;

    /// <summary>The files that were read, the spec first and then the bases of its chain, as messages name them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Every value of the resolved spec, in its order, with the place it came from; empty without a spec.</summary>
    public IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>The key <c>checks</c>, which says what must hold of the result; <c>null</c> where neither the spec nor a base has one.</summary>
    public Location? ChecksAt { get; init; }

    /// <summary>Where the spec says that it is abstract, only a base for others; <c>null</c> where it does not.</summary>
    public Location? AbstractAt { get; init; }

    /// <summary>What keeps it from being trained, and its warnings: the diagnostics, and for an abstract spec that it is one.</summary>
    public IReadOnlyList<Diagnostic> TrainingDiagnostics => AbstractAt is null ? Diagnostics : [.. Diagnostics, Abstract(AbstractAt)];

    internal static Diagnostic Abstract(Location place) => DiagnosticTable.Syntax.Abstract.At(
        place,
        $"the spec is abstract, a base for others, and is not trained itself; write a spec with 'extends: ./{Path.GetFileName(place.File)}'");
}
