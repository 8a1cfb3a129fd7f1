namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What all activations share: no arrays, and the shape stays.</summary>
internal abstract class ActivationKind(string name, string summary, ValueList<Argument> arguments, string? main = null)
    : LayerKind(name, summary, arguments, main)
{
    public override bool IsActivation => true;

    public override ShapeResult Infer(Arguments arguments, Shape input) => ShapeResult.Of(input);

    public override Shape Before(Arguments arguments, Shape target) => target;
}
