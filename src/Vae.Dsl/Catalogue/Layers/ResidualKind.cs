using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ResidualKind() : LayerKind(
    "residual",
    "What its layers make of x, plus x itself: He et al. 2016, arXiv:1512.03385. 'auto' at the end of its layers is what x needs to be added.",
    [
        new Argument("layers", ArgumentType.Layers, "The layers inside.") { Required = true },
        new Argument("project", ArgumentType.Bool, "Whether x goes through weights of its own first, so that the shapes may differ: linear on the last axis, on images and [C,T] a convolution of width 1 with the stride that fits; without bias.") { Default = false },
    ],
    main: "layers")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        ValueList<Layer> layers = arguments.Layers("layers");
        if (layers.Count == 0)
            return Fail("'residual' has no layers; give it some, or remove it");
        Shape output = layers[^1].Output;
        string remedy = $"let the layers end with {input}";
        if (arguments.Flag("project"))
        {
            return Projection(layers, input, output) is null
                ? Fail($"'project: true' of 'residual' cannot bring {input} to {output}, {Limits(input, output)}; {remedy}, or with what a projection gives")
                : ShapeResult.Of(output);
        }

        if (input == output)
            return ShapeResult.Of(output);
        string project = Projection(layers, input, output) is { } projection ? $"write 'project: true', which brings it to {output} by {Describe(projection)}, or " : "";
        return Fail($"the layers of 'residual' make {input} into {output}, to which {input} cannot be added; {project}{remedy}");
    }

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        if (Parts(arguments, input) is not var (body, projection))
            yield break;
        for (int index = 0; index < body.Layers.Count; index++)
        {
            foreach (WeightDefinition weight in body.Layers[index].Weights)
                yield return weight with { Name = $"layers.{body.Key(index)}.{weight.Name}" };
        }

        foreach (WeightDefinition weight in projection?.Weights ?? [])
            yield return weight with { Name = $"project.{weight.Name}" };
    }

    public override Shape Before(Arguments arguments, Shape target) => arguments.Flag("project") ? [] : target;

    public override Shape InnerTarget(Arguments arguments, Shape input, Shape target) => arguments.Flag("project") ? target : input;

    /// <summary>Body and projection; <c>null</c> where the layers inside have no shapes yet.</summary>
    public static Residual? Parts(Arguments arguments, Shape input)
    {
        ValueList<Layer> layers = arguments.Layers("layers");
        if (layers.Count == 0 || layers[^1].Output.Rank == 0)
            return null;
        Shape output = layers[^1].Output;
        return new Residual(new Network(layers, input, output), arguments.Flag("project") ? Projection(layers, input, output) : null);
    }

    private static ShapeResult Fail(string error) => ShapeResult.Fail(error, DiagnosticTable.Meaning.Residual);

    /// <summary>The layer that brings x to the body's result; <c>null</c> where none can.</summary>
    private static Layer? Projection(ValueList<Layer> layers, Shape input, Shape output)
    {
        if (input.Rank != output.Rank)
            return null;
        // Whether two axes are [C,T] or [T,F] only the layers inside can tell: convolutions do.
        bool? channelsLast = layers.SelectMany(layer => layer.WithInner()).FirstOrDefault(layer => layer.Kind is "conv1d" or "conv-transpose1d") is { } series
            ? SeriesWindow.IsLast(series.Arguments)
            : null;
        return input.Rank switch
        {
            1 => Linear(input, output),
            2 when channelsLast is null => input[0] == output[0] ? Linear(input, output) : null,
            2 => Conv1d(input, output, channelsLast.Value),
            3 => Conv2d(input, output),
            _ => null,
        };
    }

    private static Layer Linear(Shape input, Shape output) => Shaped("linear", input, output, ("out", output[^1]));

    private static Layer? Conv1d(Shape input, Shape output, bool channelsLast)
    {
        int steps = channelsLast ? 0 : 1;
        return Stride(input[steps], output[steps]) is not int stride ? null : Shaped(
            "conv1d",
            input,
            output,
            ("out", output[1 - steps]),
            ("kernel", 1),
            ("stride", stride),
            ("padding", 0),
            ("dilation", 1),
            ("groups", 1),
            ("channels-last", channelsLast));
    }

    private static Layer? Conv2d(Shape input, Shape output) =>
        Stride(input[1], output[1]) is not int height || Stride(input[2], output[2]) is not int width ? null : Shaped(
            "conv2d",
            input,
            output,
            ("out", output[0]),
            ("kernel", new Shape(1, 1)),
            ("stride", new Shape(height, width)),
            ("padding", new Shape(0, 0)),
            ("dilation", new Shape(1, 1)),
            ("groups", 1));

    private static Layer Shaped(string kind, Shape input, Shape output, params (string Name, object Value)[] arguments) =>
        new(kind, new Arguments([.. arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value)), new("bias", false)])) { Input = input, Output = output };

    /// <summary>The smallest stride by which a window of width 1 gives so many positions: ⌈from / stride⌉ = to.</summary>
    private static int? Stride(int from, int to)
    {
        if (to > from)
            return null;
        int stride = (from + to - 1) / to;
        return Window.Positions(from, 1, stride, 0) == to && stride <= Window.MaxStep ? stride : null;
    }

    private static string Describe(Layer projection)
    {
        if (projection.Kind == "linear")
            return "a linear layer";
        string width = projection.Kind == "conv2d" ? "1×1" : "1-wide";
        object stride = projection.Arguments["stride"];
        return $"a {width} convolution of stride {(stride is Shape pair && pair[0] == pair[1] ? pair[0] : stride)}";
    }

    private static string Limits(Shape input, Shape output) =>
        input.Rank != output.Rank ? "which has another number of axes"
        : input.Rank == 2 ? "for it is linear on the last axis, or a convolution of width 1 where the layers are convolutions, and no stride gives so many steps"
        : "for no stride of a 1×1 convolution gives that height and width";
}
