namespace Vae.Dsl.Catalogue.Layers;

internal sealed class DropoutKind() : LayerKind(
    "dropout",
    "Sets numbers to 0 at random while training and scales the rest by 1/(1 − p); does nothing afterwards.",
    [
        new Argument("p", ArgumentType.Float, "The probability of a 0.") { Default = 0.5, Min = 0, Max = 1 },
    ],
    main: "p")
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => ShapeResult.Of(input);

    public override Shape Before(Arguments arguments, Shape target) => target;
}
