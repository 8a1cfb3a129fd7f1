namespace Vae.Dsl.Catalogue;

/// <summary>Reconstruction losses. A new one is a row here and a file of the same name under <c>Losses</c> in Vae.Torch.</summary>
public static class ReconstructionCatalogue
{
    private static readonly Argument Reduce = new("reduce", ArgumentType.Text, "Whether the loss of one example is the sum or the mean over its features.")
    {
        Default = "sum",
        Choices = ["sum", "mean"],
    };

    private static readonly Argument Logits = new("logits", ArgumentType.Bool, "Whether the decoder ends without a sigmoid, which the loss then applies itself.")
    {
        Default = false,
    };

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "reconstruction loss",
        new ComponentKind("mse", "Squared error: Σ (x − x̂)².", [Reduce]),
        new ComponentKind("bce", "Binary cross-entropy: −Σ x log x̂ + (1 − x) log(1 − x̂); nats for binary x.", [Logits, Reduce]),
        new ComponentKind("l1", "Absolute error: Σ |x − x̂|.", [Reduce]),
        new ComponentKind(
            "huber",
            "Half the squared error up to delta, linear beyond: Huber 1964.",
            [new Argument("delta", ArgumentType.Float, "Where the loss turns linear.") { Default = 1.0, Min = 0, MinExclusive = true }, Reduce]),
        new ComponentKind(
            "gaussian",
            "Negative log-likelihood of a normal with mean x̂ and the same standard deviation for every feature, in nats.",
            [new Argument("sigma", ArgumentType.Float, "The standard deviation; learned makes it a parameter of the model: Rybkin et al. 2021, arXiv:2006.13202.")
                { Default = 1.0, Min = 0, MinExclusive = true, Choices = ["learned"] }, Reduce]),
        new ComponentKind(
            "laplace",
            "Negative log-likelihood of a Laplace distribution with mean x̂ and fixed scale, in nats.",
            [new Argument("scale", ArgumentType.Float, "The scale b.") { Default = 1.0, Min = 0, MinExclusive = true }, Reduce]),
        new ComponentKind(
            "continuous-bernoulli",
            "Negative log-likelihood of the continuous Bernoulli, in nats: Loaiza-Ganem and Cunningham 2019, arXiv:1907.06845.",
            [Logits, Reduce]));
}
