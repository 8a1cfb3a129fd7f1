namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ConcatKind() : LayerKind(
    "concat",
    "Joins the label to every example, in the form that 'condition' says: behind the features of a vector, as planes of an image, at every time step of a series.",
    [
        new Argument("with", ArgumentType.Text, "What is joined.") { Required = true, Choices = ["label"] },
        new Argument("size", ArgumentType.Int, "How many numbers that are; 'condition' says it, so it need not be written.") { Min = 1, Max = Window.MaxSize },
        new Argument("axis", ArgumentType.Text, "For series: last joins to [T,F], first to [C,T] as conv1d has it. Default: last.") { Choices = ["first", "last"] },
    ],
    main: "with")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        int size = arguments.Int("size");
        bool first = arguments.TryGetValue("axis", out object? axis) && axis is "first";
        return input.Rank switch
        {
            1 => ShapeResult.Of([input[0] + size]),
            2 when first => ShapeResult.Of([input[0] + size, input[1]]),
            2 => ShapeResult.Of([input[0], input[1] + size]),
            3 when axis is "last" => ShapeResult.Fail($"concat joins labels to an image as planes, on its first axis, not on the last of {input}; remove 'axis'"),
            3 => ShapeResult.Of([input[0] + size, input[1], input[2]]),
            _ => ShapeResult.Fail($"concat works on [F], [T,F], [C,T] or [C,H,W], not on {input}; put 'flatten' before it"),
        };
    }

    /// <summary>Series are the only shapes with a choice: the resolved form writes it out.</summary>
    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        input.Rank == 2 && !arguments.ContainsKey("axis") ? arguments.With("axis", "last") : arguments;

    public override Shape Before(Arguments arguments, Shape target)
    {
        int size = arguments.Int("size");
        bool last = target.Rank == 1 || (target.Rank == 2 && !(arguments.TryGetValue("axis", out object? axis) && axis is "first"));
        int[] sizes = [.. target];
        int joined = last ? sizes.Length - 1 : 0;
        if (sizes.Length > 3 || sizes[joined] <= size)
            return [];
        sizes[joined] -= size;
        return new Shape(sizes);
    }
}
