namespace Vae.Dsl;

/// <summary>What is laid over a spec from outside, in this order: variant, parameters, sets; and where its bases may come from.</summary>
public sealed record SpecLoadOptions
{
    /// <summary>The variant to apply; or <c>null</c> for none.</summary>
    public string? Variant { get; init; }

    /// <summary>Parameters as <c>name=value</c>; values are YAML: <c>beta=0.1</c>, <c>sizes=[32, 64]</c>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Single values as <c>path.to.key=value</c>: <c>train.epochs=5</c>. Every key that the language knows may be set.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>The packages of specs that <c>pkg:Id/path</c> may name: the folder of each by its id, upper and lower case being the same.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();
}
