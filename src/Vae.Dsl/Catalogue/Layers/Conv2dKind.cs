namespace Vae.Dsl.Catalogue.Layers;

internal sealed class Conv2dKind() : LayerKind(
    "conv2d",
    "A two-dimensional convolution of an image [C,H,W].",
    [Window.OutChannels, Window.Kernel, Window.Stride, Window.Padding, Window.Dilation, Window.Groups, Window.Bias],
    main: "out")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        int channels = arguments.Int("out");
        string? refusal = Window.RefuseNoImage(Name, input) ?? Window.RefuseGroups(Name, arguments.Int("groups"), input[0], channels);
        return refusal is null
            ? Window.Slide(Name, channels, input, arguments.Pair("kernel"), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Pair("dilation"))
            : ShapeResult.Fail(refusal);
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        (int height, int width) = arguments.Pair("kernel");
        int inputs = input[0] / arguments.Int("groups");
        var initializer = Initializer.FanIn((long)inputs * height * width);
        yield return new WeightDefinition("weight", [arguments.Int("out"), inputs, height, width], initializer);
        if (arguments.Flag("bias"))
            yield return new WeightDefinition("bias", [arguments.Int("out")], initializer);
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("out") && target.Rank == 3 && target[0] > 0 ? arguments.With("out", target[0]) : arguments;
}
