namespace Vae.Dsl.Catalogue.Layers;

internal sealed class RepeatKind() : LayerKind(
    "repeat",
    "The same vector [F] at every step of a series [T,F].",
    [
        new Argument("steps", ArgumentType.Int, "How many steps.") { Required = true, AllowsAuto = true, Min = 1, Max = Window.MaxSize },
    ],
    main: "steps")
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => input.Rank == 1
        ? ShapeResult.Of([arguments.Int("steps"), input[0]])
        : ShapeResult.Fail($"repeat works on [F], not on {input}; put 'flatten' before it");

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("steps") && target.Rank == 2 && target[0] > 0 ? arguments.With("steps", target[0]) : arguments;

    public override Shape Before(Arguments arguments, Shape target) =>
        target.Rank == 2 && (arguments.IsAuto("steps") || target[0] == arguments.Int("steps")) ? [target[1]] : [];
}
