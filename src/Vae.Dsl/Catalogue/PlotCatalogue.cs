namespace Vae.Dsl.Catalogue;

/// <summary>Plots. A new one is a row here and a file of the same name under <c>Plots</c> in Vae.Artifacts.</summary>
public static class PlotCatalogue
{
    /// <summary>The most samples that one picture holds.</summary>
    public const int MostSamples = 2500;

    private static readonly Argument Split = new("split", ArgumentType.Text, "Whose examples: train, validation or test. Default for a source without data.test: validation where data.validation is given, else train.")
    {
        Default = "test",
        Choices = ["train", "validation", "test"],
    };

    private static readonly Argument Label = new("label", ArgumentType.Int, "The label that codes are decoded with, for a model with a condition. Default there: 0.") { Min = 0 };

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "plot",
        new ComponentKind("loss", "Loss, reconstruction and KL of every epoch, training and validation.", []),
        new ComponentKind("reconstructions", "Examples above what the model makes of them.", [
            new Argument("count", ArgumentType.Int, "How many examples.") { Default = 20, Min = 1, Max = 400 },
            new Argument("worst", ArgumentType.Int, "Besides, so many of the examples with the largest squared error. Default: none.") { Min = 1, Max = 100 },
            Split], main: "count"),
        new ComponentKind("samples", "Decoded draws from the prior; of a model with a condition, with each label in turn.", [
            new Argument("count", ArgumentType.Int, "How many.") { Default = 100, Min = 1, Max = MostSamples },
            new Argument("per-label", ArgumentType.Int, "In place of count, for a model with a condition: so many of each label, a row a label. A column has the same z in every row.") { Min = 1, Max = 100 }], main: "count"),
        new ComponentKind("latent-scatter", "Codes (mu) as points of the plane; over two dimensions, their first two principal components.", [
            new Argument("color", ArgumentType.Text, "What the colour means: the label, or nothing.") { Default = "label", Choices = ["label", "none"] },
            new Argument("axes", ArgumentType.Text, "Over two dimensions: the first two principal components of the codes (pca), or the two dimensions with the largest KL (kl). Default: pca.") { Choices = ["pca", "kl"] },
            Split,
            new Argument("limit", ArgumentType.Int, "At most so many points.") { Default = 10_000, Min = 1 }]),
        new ComponentKind("manifold", "Decoded codes on a grid over the first two latent dimensions, spaced by the normal quantile function.", [
            new Argument("grid", ArgumentType.Int, "Codes a side.") { Default = 20, Min = 2, Max = 60 },
            new Argument("low", ArgumentType.Float, "The smallest probability of the grid; the largest is 1 − low.") { Default = 0.05, Min = 0, MinExclusive = true, Max = 0.49 },
            Label], main: "grid"),
        new ComponentKind("traversal", "Decoded codes along one latent dimension a row, the dimension with the largest KL first; all other dimensions stay where they are.", [
            new Argument("dimensions", ArgumentType.Int, "At most so many dimensions.") { Default = 10, Min = 1, Max = 64 },
            new Argument("steps", ArgumentType.Int, "Codes a row.") { Default = 9, Min = 2, Max = 40 },
            new Argument("range", ArgumentType.Float, "A row runs from −range to range.") { Default = 3.0, Min = 0, MinExclusive = true, Max = 100 },
            new Argument("from", ArgumentType.Text, "Where the other dimensions are: at the mu of an example, or at the prior's mean 0.") { Default = "example", Choices = ["example", "prior"] },
            new Argument("example", ArgumentType.Int, "Which example of the split, from 1.") { Default = 1, Min = 1 },
            Split,
            new Argument("label", ArgumentType.Int, "The label that all codes are decoded with, for a model with a condition. Default there: the example's own, or 0 from the prior.") { Min = 0 }], main: "dimensions"),
        new ComponentKind("interpolations", "Decoded codes on the straight line between the mu of two examples, a pair a row.", [
            new Argument("count", ArgumentType.Int, "How many pairs.") { Default = 5, Min = 1, Max = 40 },
            new Argument("steps", ArgumentType.Int, "Codes a row, both ends included.") { Default = 10, Min = 3, Max = 40 },
            Split], main: "count"),
        new ComponentKind("kl-by-dimension", "The mean KL of each latent dimension, largest first; active ones (variance of mu over 0.01) are marked: Burda et al. 2016, arXiv:1509.00519.", [Split]),
        new ComponentKind("aggregate-posterior", "The posterior of all examples together against the prior N(0, 1): a density for each dimension, or the plane where there are two.", [
            new Argument("dimensions", ArgumentType.Int, "At most so many dimensions, those with the largest KL.") { Default = 16, Min = 1, Max = 64 },
            Split,
            new Argument("limit", ArgumentType.Int, "At most so many examples.") { Default = 10_000, Min = 1 }]),
        new ComponentKind("series-reconstructions", "Windows of a time series with what the model makes of them, a panel for each column of the data; needs data of shape [T,F].", [
            new Argument("count", ArgumentType.Int, "How many windows, spread evenly over the split.") { Default = 4, Min = 1, Max = 12 },
            new Argument("columns", ArgumentType.Int, "At most so many columns of the data, the first.") { Default = 8, Min = 1, Max = 64 },
            Split], main: "count"));
}
