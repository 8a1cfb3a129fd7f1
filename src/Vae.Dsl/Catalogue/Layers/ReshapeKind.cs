namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ReshapeKind() : LayerKind(
    "reshape",
    "The same numbers in another shape, in C order.",
    [
        new Argument("shape", ArgumentType.Shape, "The new sizes, without the batch axis.") { Required = true, Min = 1, Max = Window.MaxSize },
    ],
    main: "shape")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        Shape shape = arguments.Shape("shape");
        // The sizes come from the user: a product in doubles cannot overflow.
        double size = shape.Aggregate(1.0, (product, axis) => product * axis);
        return size == input.Size
            ? ShapeResult.Of(shape)
            : ShapeResult.Fail($"reshape to {shape} needs {size:0} numbers, but {input} has {input.Size}");
    }

    public override Shape Before(Arguments arguments, Shape target) => [checked((int)target.Size)];
}
