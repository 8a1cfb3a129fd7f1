using System.Diagnostics.CodeAnalysis;

namespace Vae.Dsl.Catalogue;

/// <summary>Every layer of the language. A new one is a file under <c>Layers</c> and a line here.</summary>
public static class LayerCatalogue
{
    private static readonly Dictionary<string, LayerKind> Rows = new LayerKind[]
    {
        new Layers.LinearKind(),
        new Layers.Conv1dKind(),
        new Layers.ConvTranspose1dKind(),
        new Layers.Conv2dKind(),
        new Layers.ConvTranspose2dKind(),
        new Layers.GruKind(),
        new Layers.LstmKind(),
        new Layers.BatchNormKind(),
        new Layers.LayerNormKind(),
        new Layers.GroupNormKind(),
        new Layers.ResidualKind(),
        new Layers.EmbeddingKind(),
        new Layers.DropoutKind(),
        new Layers.FlattenKind(),
        new Layers.ReshapeKind(),
        new Layers.RepeatKind(),
        new Layers.UpsampleKind(),
        new Layers.ConcatKind(),
        new Layers.AvgPool2dKind(),
        new Layers.MaxPool2dKind(),
        new Layers.ReluKind(),
        new Layers.LeakyReluKind(),
        new Layers.EluKind(),
        new Layers.SeluKind(),
        new Layers.GeluKind(),
        new Layers.SiluKind(),
        new Layers.TanhKind(),
        new Layers.SigmoidKind(),
        new Layers.SoftplusKind(),
        new Layers.SoftmaxKind(),
    }.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>All rows, ordered by name.</summary>
    public static IReadOnlyList<LayerKind> All { get; } = [.. Rows.Values.OrderBy(row => row.Name, StringComparer.Ordinal)];

    /// <summary>The row of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static LayerKind Get(string name) => Rows[name];

    /// <summary>The row of that name, if there is one.</summary>
    public static bool TryGet(string name, [MaybeNullWhen(false)] out LayerKind row) => Rows.TryGetValue(name, out row);
}
