namespace Vae.Dsl.Building;

/// <summary>The plots of the language. What is <c>null</c> takes the catalogue's default; <c>split</c> is <c>train</c>, <c>validation</c> or <c>test</c>.</summary>
public static class Plots
{
    /// <summary>Loss, reconstruction and KL of every epoch.</summary>
    public static Component Loss() => ComponentCall.Written("Plots.Loss", "loss");

    /// <summary>Examples above what the model makes of them; with <paramref name="worst"/> so many of those with the largest error besides.</summary>
    public static Component Reconstructions(int? count = null, int? worst = null, string? split = null) =>
        ComponentCall.Written("Plots.Reconstructions", "reconstructions", ("count", count), ("worst", worst), ("split", split));

    /// <summary>Decoded draws from the prior; with <paramref name="perLabel"/> so many of each label, a row a label.</summary>
    public static Component Samples(int? count = null, int? perLabel = null) => ComponentCall.Written("Plots.Samples", "samples", ("count", count), ("per-label", perLabel));

    /// <summary>Codes as points of the plane; <paramref name="axes"/> is <c>pca</c> or <c>kl</c>, for more than two dimensions.</summary>
    public static Component LatentScatter(string? color = null, string? axes = null, string? split = null, int? limit = null) =>
        ComponentCall.Written("Plots.LatentScatter", "latent-scatter", ("color", color), ("axes", axes), ("split", split), ("limit", limit));

    /// <summary>Decoded codes on a grid over the first two latent dimensions.</summary>
    public static Component Manifold(int? grid = null, double? low = null, int? label = null) => ComponentCall.Written("Plots.Manifold", "manifold", ("grid", grid), ("low", low), ("label", label));

    /// <summary>Decoded codes along one latent dimension a row, the dimension with the largest KL first.</summary>
    /// <param name="dimensions">At most so many dimensions.</param>
    /// <param name="steps">Codes a row.</param>
    /// <param name="range">A row runs from −range to range.</param>
    /// <param name="from"><c>example</c> or <c>prior</c>: where the other dimensions stay.</param>
    /// <param name="example">Which example of the split, from 1.</param>
    /// <param name="split">Whose examples.</param>
    /// <param name="label">For a model with a condition: the label that all are decoded with.</param>
    public static Component Traversal(int? dimensions = null, int? steps = null, double? range = null, string? from = null, int? example = null, string? split = null, int? label = null) =>
        ComponentCall.Written("Plots.Traversal", "traversal", ("dimensions", dimensions), ("steps", steps), ("range", range), ("from", from), ("example", example), ("split", split), ("label", label));

    /// <summary>Decoded codes on the straight line between two examples, a pair a row.</summary>
    public static Component Interpolations(int? count = null, int? steps = null, string? split = null) =>
        ComponentCall.Written("Plots.Interpolations", "interpolations", ("count", count), ("steps", steps), ("split", split));

    /// <summary>The mean KL of each latent dimension, with the active ones marked.</summary>
    public static Component KlByDimension(string? split = null) => ComponentCall.Written("Plots.KlByDimension", "kl-by-dimension", ("split", split));

    /// <summary>The posterior of all examples together against the prior.</summary>
    public static Component AggregatePosterior(int? dimensions = null, string? split = null, int? limit = null) =>
        ComponentCall.Written("Plots.AggregatePosterior", "aggregate-posterior", ("dimensions", dimensions), ("split", split), ("limit", limit));

    /// <summary>Windows of a time series with what the model makes of them.</summary>
    public static Component SeriesReconstructions(int? count = null, int? columns = null, string? split = null) =>
        ComponentCall.Written("Plots.SeriesReconstructions", "series-reconstructions", ("count", count), ("columns", columns), ("split", split));
}
