namespace Vae.Dsl.Catalogue.Layers;

internal sealed class LayerNormKind() : LayerKind(
    "layernorm",
    "Normalizes each example over all its axes, as PyTorch's LayerNorm with the example's whole shape: Ba et al. 2016, arXiv:1607.06450.",
    [Normalization.Epsilon, Normalization.Affine])
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => ShapeResult.Of(input);

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input) => Normalization.Weights(arguments, input);

    public override Shape Before(Arguments arguments, Shape target) => target;
}
