namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ConcatKind() : LayerKind(
    "concat",
    "Joins the label to every example, in the form that 'condition' says: behind the features of a vector, as planes of an image, at every step of a series.",
    [
        new Argument("with", ArgumentType.Text, "What is joined.") { Required = true, Choices = ["label"] },
        new Argument("size", ArgumentType.Int, "How many numbers that are; 'condition' says it, so it need not be written.") { Min = 1, Max = Window.MaxSize },
        new Argument(SeriesWindow.ChannelsLast.Name, ArgumentType.Bool, "For a series, where it must be said: whether it is [T,F], as data windows, gru and lstm have it, and not [C,T], as conv1d has it."),
    ],
    main: "with")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        int size = arguments.Int("size");
        string refusal = input.Rank switch
        {
            1 or 3 when arguments.ContainsKey(SeriesWindow.ChannelsLast.Name) => $"'channels-last' of concat is for series, not for {input}; leave it out",
            1 or 3 => "",
            2 when !arguments.ContainsKey(SeriesWindow.ChannelsLast.Name) =>
                $"concat cannot tell which axis of the series {input} the label is joined to; write 'concat: {{with: label, channels-last: true}}' where that is [T,F], and 'false' where it is [C,T]",
            2 => "",
            _ => $"concat works on [F], [T,F], [C,T] or [C,H,W], not on {input}; put 'flatten' before it",
        };
        return refusal.Length > 0 ? ShapeResult.Fail(refusal) : ShapeResult.Of(Joined(arguments, input, size));
    }

    public override Shape Before(Arguments arguments, Shape target)
    {
        int size = arguments.Int("size");
        if (target.Rank is 0 or > 3)
            return [];
        int axis = Axis(arguments, target);
        // 0 is a size that nothing says yet.
        return target[axis] == 0 ? target : target[axis] > size ? Joined(arguments, target, -size) : [];
    }

    private static Shape Joined(Arguments arguments, Shape shape, int more)
    {
        int[] sizes = [.. shape];
        sizes[Axis(arguments, shape)] += more;
        return new Shape(sizes);
    }

    private static int Axis(Arguments arguments, Shape shape) => shape.Rank == 2 && SeriesWindow.IsLast(arguments) ? 1 : 0;
}
