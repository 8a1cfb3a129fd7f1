namespace Vae.Dsl.Catalogue.Layers;

internal sealed class GroupNormKind() : LayerKind(
    "groupnorm",
    "Normalizes each example over groups of features of [F] or channels of [C,H,W]: Wu and He 2018, arXiv:1803.08494.",
    [
        new Argument("groups", ArgumentType.Int, "How many groups; it divides the number of channels.") { Required = true, Min = 1, Max = Window.MaxSize },
        Normalization.Epsilon,
        Normalization.Affine,
    ],
    main: "groups")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (input.Rank is not (1 or 3))
            return ShapeResult.Fail($"groupnorm works on [F] or [C,H,W], not on {input}");
        int groups = arguments.Int("groups");
        return input[0] % groups == 0
            ? ShapeResult.Of(input)
            : ShapeResult.Fail($"groupnorm cuts {input[0]} channels into {groups} groups, which does not come out even; choose 'groups' that divides {input[0]}");
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input) => Normalization.Weights(arguments, [input[0]]);

    public override Shape Before(Arguments arguments, Shape target) => target;
}
