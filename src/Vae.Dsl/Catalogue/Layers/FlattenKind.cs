namespace Vae.Dsl.Catalogue.Layers;

internal sealed class FlattenKind() : LayerKind(
    "flatten",
    "One vector [F] of all numbers of an example, in C order.",
    [])
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => ShapeResult.Of([checked((int)input.Size)]);

    public override Shape Before(Arguments arguments, Shape target) => [checked((int)target.Size)];
}
