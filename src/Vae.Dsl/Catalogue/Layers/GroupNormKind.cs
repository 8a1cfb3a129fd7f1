namespace Vae.Dsl.Catalogue.Layers;

internal sealed class GroupNormKind() : LayerKind(
    "groupnorm",
    "Normalizes each example over groups of features of [F] or channels of a series or an image [C,H,W]: Wu and He 2018, arXiv:1803.08494.",
    [
        new Argument("groups", ArgumentType.Int, "How many groups; it divides the number of channels.") { Required = true, Min = 1, Max = Window.MaxSize },
        Normalization.Epsilon,
        Normalization.Affine,
        SeriesWindow.ChannelsLast,
    ],
    main: "groups")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (Normalization.RefuseShape(Name, arguments, input) is string refusal)
            return ShapeResult.Fail(refusal);
        int groups = arguments.Int("groups"), channels = Normalization.Channels(arguments, input);
        return channels % groups == 0
            ? ShapeResult.Of(input)
            : ShapeResult.Fail($"groupnorm cuts {channels} channels into {groups} groups, which does not come out even; choose 'groups' that divides {channels}");
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input) => Normalization.Weights(arguments, [Normalization.Channels(arguments, input)]);

    public override Shape Before(Arguments arguments, Shape target) => target;
}
