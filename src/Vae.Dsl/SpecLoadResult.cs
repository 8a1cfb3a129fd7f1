using System.Diagnostics.CodeAnalysis;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>A spec, or what is wrong with it.</summary>
/// <param name="Spec">The spec; <c>null</c> where there is an error.</param>
/// <param name="Diagnostics">Errors and warnings in the order of the text, at most 20.</param>
public sealed record SpecLoadResult(Spec? Spec, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is a spec that can be trained.</summary>
    [MemberNotNullWhen(true, nameof(Spec))]
    public bool IsTrainable => Spec is not null;
}
