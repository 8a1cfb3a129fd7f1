namespace Vae.Dsl.Catalogue.Layers;

internal sealed class BatchNormKind() : LayerKind(
    "batchnorm",
    "Normalizes each feature of [F] or channel of a series or an image [C,H,W] over the batch: Ioffe and Szegedy 2015, arXiv:1502.03167.",
    [
        Normalization.Epsilon,
        new Argument("momentum", ArgumentType.Float, "Weight of the newest batch in the running mean and variance.") { Default = 0.1, Min = 0, Max = 1 },
        Normalization.Affine,
        SeriesWindow.ChannelsLast,
    ])
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => Normalization.RefuseShape(Name, arguments, input) is string refusal
        ? ShapeResult.Fail(refusal)
        : ShapeResult.Of(input);

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        Shape channels = [Normalization.Channels(arguments, input)];
        foreach (WeightDefinition weight in Normalization.Weights(arguments, channels))
            yield return weight;
        yield return new WeightDefinition("running_mean", channels, new Initializer.Constant(0), Trainable: false);
        yield return new WeightDefinition("running_var", channels, new Initializer.Constant(1), Trainable: false);
        yield return new WeightDefinition("num_batches_tracked", [], new Initializer.Constant(0), Trainable: false);
    }

    public override Shape Before(Arguments arguments, Shape target) => target;
}
