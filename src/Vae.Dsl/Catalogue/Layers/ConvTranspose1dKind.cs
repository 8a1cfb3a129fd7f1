namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ConvTranspose1dKind() : LayerKind(
    "conv-transpose1d",
    "A transposed convolution over the steps of a series [C,T], or [T,F] with channels-last: the shapes of conv1d backwards.",
    [
        Window.OutChannels, SeriesWindow.Kernel, SeriesWindow.Stride, SeriesWindow.Padding, SeriesWindow.OutputPadding, SeriesWindow.Dilation,
        Window.Groups, Window.Bias, SeriesWindow.ChannelsLast,
    ],
    main: "out")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (SeriesWindow.RefuseNoSeries(Name, arguments, input) is string refusal)
            return ShapeResult.Fail(refusal);
        (int channels, int steps) = SeriesWindow.Split(arguments, input);
        int outputs = arguments.Int("out"), stride = arguments.Int("stride"), dilation = arguments.Int("dilation"), added = arguments.Int("output-padding");
        if (Window.RefuseGroups(Name, arguments.Int("groups"), channels, outputs) is string uneven)
            return ShapeResult.Fail(uneven);
        // PyTorch's own condition: more would be steps that no window ever touched.
        if (added >= stride && added >= dilation)
            return ShapeResult.Fail($"output-padding {added} must be smaller than the stride {stride} or the dilation {dilation}");
        long length = Window.Unslide(steps, arguments.Int("kernel"), stride, arguments.Int("padding"), dilation, added);
        return length is < 1 or > int.MaxValue
            ? ShapeResult.Fail($"{Name} would turn {SeriesWindow.Describe(arguments, input)}, into {length} steps; use less 'padding' or another 'stride'")
            : ShapeResult.Of(SeriesWindow.Join(arguments, outputs, (int)length));
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        int kernel = arguments.Int("kernel");
        int outputs = arguments.Int("out") / arguments.Int("groups");
        // PyTorch takes the fan-in from the weight's second axis, which here counts the outputs.
        var initializer = Initializer.FanIn((long)outputs * kernel);
        yield return new WeightDefinition("weight", [SeriesWindow.Split(arguments, input).Channels, outputs, kernel], initializer);
        if (arguments.Flag("bias"))
            yield return new WeightDefinition("bias", [arguments.Int("out")], initializer);
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("out") && target.Rank == 2 && SeriesWindow.Split(arguments, target).Channels is > 0 and int channels ? arguments.With("out", channels) : arguments;

    public override Shape Before(Arguments arguments, Shape target)
    {
        if (target.Rank != 2 || SeriesWindow.Split(arguments, target).Steps == 0)
            return [];
        int stride = arguments.Int("stride");
        // What more than one step would add; a transposed convolution loses no remainder.
        long further = SeriesWindow.Split(arguments, target).Steps -
            Window.Unslide(1, arguments.Int("kernel"), stride, arguments.Int("padding"), arguments.Int("dilation"), arguments.Int("output-padding"));
        return further >= 0 && further % stride == 0 ? SeriesWindow.Join(arguments, 0, (int)(further / stride) + 1) : [];
    }
}
