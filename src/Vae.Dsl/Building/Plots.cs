namespace Vae.Dsl.Building;

/// <summary>The plots of the language. What is <c>null</c> takes the catalogue's default; <c>split</c> is <c>train</c>, <c>validation</c> or <c>test</c>.</summary>
public static class Plots
{
    /// <summary>Loss, reconstruction and KL of every epoch.</summary>
    public static Component Loss() => ComponentCall.Written("Plots.Loss", "loss");

    /// <summary>Examples above what the model makes of them.</summary>
    public static Component Reconstructions(int? count = null, string? split = null) =>
        ComponentCall.Written("Plots.Reconstructions", "reconstructions", ("count", count), ("split", split));

    /// <summary>Decoded draws from the prior.</summary>
    public static Component Samples(int? count = null) => ComponentCall.Written("Plots.Samples", "samples", ("count", count));

    /// <summary>Codes as points of the plane.</summary>
    public static Component LatentScatter(string? color = null, string? split = null, int? limit = null) =>
        ComponentCall.Written("Plots.LatentScatter", "latent-scatter", ("color", color), ("split", split), ("limit", limit));

    /// <summary>Decoded codes on a grid over the first two latent dimensions.</summary>
    public static Component Manifold(int? grid = null, double? low = null) => ComponentCall.Written("Plots.Manifold", "manifold", ("grid", grid), ("low", low));
}
