namespace Vae.Dsl.Language;

/// <summary>A key that the language knows at one place.</summary>
/// <param name="Name">The kebab-case key.</param>
/// <param name="Help">One sentence for the docs page.</param>
/// <param name="Content">What may stand under it.</param>
internal sealed record Key(string Name, string Help, Content Content);
