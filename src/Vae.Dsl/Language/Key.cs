namespace Vae.Dsl.Language;

/// <summary>A key that the language knows at one place.</summary>
/// <param name="Name">The kebab-case key.</param>
/// <param name="Help">A sentence for the docs page and for tooltips.</param>
/// <param name="Content">What may stand under it.</param>
internal sealed record Key(string Name, string Help, Content Content)
{
    /// <summary>Whether a whole spec must have it; a part that is laid over another need not.</summary>
    public bool Required { get; init; }
}
