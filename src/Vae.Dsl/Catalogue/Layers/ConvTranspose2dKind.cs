namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ConvTranspose2dKind() : LayerKind(
    "conv-transpose2d",
    "A transposed two-dimensional convolution of an image [C,H,W]: the shapes of conv2d backwards.",
    [
        Window.OutChannels, Window.Kernel, Window.Stride, Window.Padding, Window.OutputPadding, Window.Dilation, Window.Groups, Window.Bias,
    ],
    main: "out")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        int channels = arguments.Int("out");
        string? refusal = Window.RefuseNoImage(Name, input) ?? Window.RefuseGroups(Name, arguments.Int("groups"), input[0], channels);
        if (refusal is not null)
            return ShapeResult.Fail(refusal);

        Shape kernel = arguments.Shape("kernel"), stride = arguments.Shape("stride"), padding = arguments.Shape("padding");
        Shape added = arguments.Shape("output-padding"), dilation = arguments.Shape("dilation");
        long[] sizes = new long[2];
        for (int axis = 0; axis < 2; axis++)
        {
            // PyTorch's own condition: more would be rows that no window ever touched.
            if (added[axis] >= stride[axis] && added[axis] >= dilation[axis])
                return ShapeResult.Fail($"output-padding {added[axis]} must be smaller than the stride {stride[axis]} or the dilation {dilation[axis]}");
            sizes[axis] = Window.Unslide(input[axis + 1], kernel[axis], stride[axis], padding[axis], dilation[axis], added[axis]);
            if (sizes[axis] is < 1 or > int.MaxValue)
                return ShapeResult.Fail($"{Name} would turn {input} into a size of {sizes[axis]}; use less 'padding' or another 'stride'");
        }

        return ShapeResult.Of([channels, (int)sizes[0], (int)sizes[1]]);
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        (int height, int width) = arguments.Pair("kernel");
        int outputs = arguments.Int("out") / arguments.Int("groups");
        // PyTorch takes the fan-in from the weight's second axis, which here counts the outputs.
        var initializer = Initializer.FanIn((long)outputs * height * width);
        yield return new WeightDefinition("weight", [input[0], outputs, height, width], initializer);
        if (arguments.Flag("bias"))
            yield return new WeightDefinition("bias", [arguments.Int("out")], initializer);
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("out") && target.Rank == 3 && target[0] > 0 ? arguments.With("out", target[0]) : arguments;
}
