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
            Split], main: "count"),
        new ComponentKind("samples", "Decoded draws from the prior; of a model with a condition, with each label in turn.", [
            new Argument("count", ArgumentType.Int, "How many.") { Default = 100, Min = 1, Max = MostSamples },
            new Argument("per-label", ArgumentType.Int, "In place of count, for a model with a condition: so many of each label, a row a label. A column has the same z in every row.") { Min = 1, Max = 100 }], main: "count"),
        new ComponentKind("latent-scatter", "Codes (mu) as points of the plane; over two dimensions, the two with the largest KL.", [
            new Argument("color", ArgumentType.Text, "What the colour means: the label, or nothing.") { Default = "label", Choices = ["label", "none"] },
            Split,
            new Argument("limit", ArgumentType.Int, "At most so many points.") { Default = 10_000, Min = 1 }]),
        new ComponentKind("manifold", "Decoded codes on a grid over the first two latent dimensions, spaced by the normal quantile function.", [
            new Argument("grid", ArgumentType.Int, "Codes a side.") { Default = 20, Min = 2, Max = 60 },
            new Argument("low", ArgumentType.Float, "The smallest probability of the grid; the largest is 1 − low.") { Default = 0.05, Min = 0, MinExclusive = true, Max = 0.49 },
            Label], main: "grid"));
}
