namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What batchnorm, layernorm and groupnorm share.</summary>
internal static class Normalization
{
    public static Argument Epsilon { get; } = new("eps", ArgumentType.Float, "Added to the variance.") { Default = 1e-5, Min = 0, MinExclusive = true };

    public static Argument Affine { get; } = new("affine", ArgumentType.Bool, "Whether a trained scale and shift follow.") { Default = true };

    /// <summary>Scale and shift, where there are any: 1 and 0 before training.</summary>
    public static IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape shape)
    {
        if (!arguments.Flag("affine"))
            yield break;
        yield return new WeightDefinition("weight", shape, new Initializer.Constant(1));
        yield return new WeightDefinition("bias", shape, new Initializer.Constant(0));
    }
}
