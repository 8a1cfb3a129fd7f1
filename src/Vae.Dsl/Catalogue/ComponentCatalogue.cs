using System.Diagnostics.CodeAnalysis;

namespace Vae.Dsl.Catalogue;

/// <summary>A closed list of things that a spec may name at one place.</summary>
/// <param name="noun">What the rows are, for messages: <c>optimizer</c>.</param>
/// <param name="rows">The rows in the order of the docs page.</param>
public sealed class ComponentCatalogue(string noun, params ComponentKind[] rows)
{
    /// <summary>What the rows are, for messages.</summary>
    public string Noun { get; } = noun;

    /// <summary>The rows in the order of the docs page.</summary>
    public IReadOnlyList<ComponentKind> All { get; } = rows;

    /// <summary>The row of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ComponentKind Get(string name) =>
        TryGet(name, out ComponentKind? row) ? row : throw new KeyNotFoundException($"there is no {Noun} '{name}'");

    /// <summary>The row of that name, if there is one.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out ComponentKind row)
    {
        row = All.FirstOrDefault(candidate => candidate.Name == name);
        return row is not null;
    }
}
