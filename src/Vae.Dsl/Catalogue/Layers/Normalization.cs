namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What batchnorm, layernorm and groupnorm share.</summary>
internal static class Normalization
{
    public static Argument Epsilon { get; } = new("eps", ArgumentType.Float, "Added to the variance.") { Default = 1e-5, Min = 0, MinExclusive = true };

    public static Argument Affine { get; } = new("affine", ArgumentType.Bool, "Whether a trained scale and shift follow.") { Default = true };

    /// <summary>Why <paramref name="kind"/> cannot work channel by channel on <paramref name="input"/>, or <c>null</c>.</summary>
    public static string? RefuseShape(string kind, Arguments arguments, Shape input) => input.Rank switch
    {
        1 or 2 => null,
        3 when SeriesWindow.IsLast(arguments) => $"'channels-last' of {kind} is for series [T,F]; images are [C,H,W], so leave it out",
        3 => null,
        _ => $"{kind} works on [F], series and images [C,H,W], not on {input}",
    };

    /// <summary>How many channels the shape has: its first axis, or the last one of a series with <c>channels: last</c>.</summary>
    public static int Channels(Arguments arguments, Shape input) => input.Rank == 2 ? SeriesWindow.Split(arguments, input).Channels : input[0];

    /// <summary>Scale and shift, where there are any: 1 and 0 before training.</summary>
    public static IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape shape)
    {
        if (!arguments.Flag("affine"))
            yield break;
        yield return new WeightDefinition("weight", shape, new Initializer.Constant(1));
        yield return new WeightDefinition("bias", shape, new Initializer.Constant(0));
    }
}
