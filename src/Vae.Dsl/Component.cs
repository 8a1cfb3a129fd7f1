using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>
/// Something from a catalogue with its arguments: an optimizer, a schedule, a reconstruction loss, a plot.
/// In a spec: <c>adam</c>, <c>{leaky-relu: 0.2}</c>, <c>{adamw: {weight-decay: 1e-4}}</c>. In code a name alone will do where it needs no argument.
/// </summary>
/// <param name="Kind">The row's name.</param>
/// <param name="Arguments">Its values, defaults filled in once it is part of a <see cref="Spec"/>.</param>
public record Component(string Kind, Arguments Arguments)
{
    /// <summary>Where it was written; or <c>null</c>. No part of equality.</summary>
    public Location? Origin { get; init; }

    /// <summary>A row by its name, every argument at its default.</summary>
    public static Component FromString(string kind) => new(kind, Arguments.None);

    /// <summary>A row by its name, every argument at its default: <c>optimizer: "adam"</c>.</summary>
    public static implicit operator Component(string kind) => FromString(kind);

    /// <inheritdoc/>
    public virtual bool Equals(Component? other) =>
        other is not null && EqualityContract == other.EqualityContract && Kind == other.Kind && Arguments.Equals(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Arguments);
}
