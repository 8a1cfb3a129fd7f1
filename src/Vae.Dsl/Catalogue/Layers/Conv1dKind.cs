namespace Vae.Dsl.Catalogue.Layers;

internal sealed class Conv1dKind() : LayerKind(
    "conv1d",
    "A convolution over the steps of a series [C,T], or [T,F] with channels-last.",
    [Window.OutChannels, SeriesWindow.Kernel, SeriesWindow.Stride, SeriesWindow.Padding, SeriesWindow.Dilation, Window.Groups, Window.Bias, SeriesWindow.ChannelsLast],
    main: "out")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (SeriesWindow.RefuseNoSeries(Name, arguments, input) is string refusal)
            return ShapeResult.Fail(refusal);
        (int channels, int steps) = SeriesWindow.Split(arguments, input);
        int outputs = arguments.Int("out"), kernel = arguments.Int("kernel");
        if (Window.RefuseGroups(Name, arguments.Int("groups"), channels, outputs) is string uneven)
            return ShapeResult.Fail(uneven);
        long positions = Window.Positions(steps, kernel, arguments.Int("stride"), arguments.Int("padding"), arguments.Int("dilation"));
        return positions < 1
            ? ShapeResult.Fail($"the window of {Name} ({kernel} steps) is longer than the padded series {SeriesWindow.Describe(arguments, input)}; use a smaller 'kernel' or more 'padding', and {SeriesWindow.Otherwise(arguments)}")
            : ShapeResult.Of(SeriesWindow.Join(arguments, outputs, (int)positions));
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        int kernel = arguments.Int("kernel");
        int inputs = SeriesWindow.Split(arguments, input).Channels / arguments.Int("groups");
        var initializer = Initializer.FanIn((long)inputs * kernel);
        yield return new WeightDefinition("weight", [arguments.Int("out"), inputs, kernel], initializer);
        if (arguments.Flag("bias"))
            yield return new WeightDefinition("bias", [arguments.Int("out")], initializer);
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("out") && target.Rank == 2 && SeriesWindow.Split(arguments, target).Channels is > 0 and int channels ? arguments.With("out", channels) : arguments;

    // Over one step at a time the number of steps can be told backwards; a stride rounds.
    public override Shape Before(Arguments arguments, Shape target)
    {
        if (target.Rank != 2 || arguments.Int("stride") != 1 || SeriesWindow.Split(arguments, target).Steps == 0)
            return [];
        long steps = SeriesWindow.Split(arguments, target).Steps - (2L * arguments.Int("padding")) + ((long)arguments.Int("dilation") * (arguments.Int("kernel") - 1));
        return steps is > 0 and <= Window.MaxSize ? SeriesWindow.Join(arguments, 0, (int)steps) : [];
    }
}
