namespace Vae.Dsl.Catalogue.Layers;

internal sealed class LinearKind() : LayerKind(
    "linear",
    "An affine map of the last axis: y = x Wᵀ + b.",
    [
        new Argument("out", ArgumentType.Int, "How many features come out.") { Required = true, AllowsAuto = true, AllowsSizes = true, Min = 1, Max = Window.MaxSize },
        new Argument("bias", ArgumentType.Bool, "Whether b is added.") { Default = true },
    ],
    main: "out")
{
    public override ShapeResult Infer(Arguments arguments, Shape input) => input.Rank switch
    {
        0 => ShapeResult.Fail("linear needs at least one axis"),
        > 2 => ShapeResult.Fail($"linear works on [F] or [T,F], not on {input}; put 'flatten' before it"),
        _ => ShapeResult.Of(new Shape([.. input.Take(input.Rank - 1), arguments.Int("out")])),
    };

    public override IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input)
    {
        int features = input[^1];
        yield return new WeightDefinition("weight", [arguments.Int("out"), features], Initializer.FanIn(features));
        if (arguments.Flag("bias"))
            yield return new WeightDefinition("bias", [arguments.Int("out")], Initializer.FanIn(features));
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("out") && target.Rank > 0 && target[^1] > 0 ? arguments.With("out", target[^1]) : arguments;

    // Steps go through; how many features a step had is free.
    public override Shape Before(Arguments arguments, Shape target) => target.Rank == 2 ? [target[0], 0] : [];
}
