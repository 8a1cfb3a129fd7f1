namespace Vae.Dsl.Catalogue.Layers;

internal sealed class UpsampleKind() : LayerKind(
    "upsample",
    "Repeats each pixel of an image: scale times in height and in width.",
    [
        new Argument("scale", ArgumentType.Int, "The factor.") { Required = true, Min = 1, Max = Window.MaxStep },
        new Argument("mode", ArgumentType.Text, "How new pixels come about.") { Default = "nearest", Choices = ["nearest"] },
    ],
    main: "scale")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (Window.RefuseNoImage(Name, input) is string refusal)
            return ShapeResult.Fail(refusal);
        long scale = arguments.Int("scale");
        return input[1] * scale > int.MaxValue || input[2] * scale > int.MaxValue
            ? ShapeResult.Fail($"upsample by {scale} makes {input} too large")
            : ShapeResult.Of([input[0], (int)(input[1] * scale), (int)(input[2] * scale)]);
    }

    public override Shape Before(Arguments arguments, Shape target)
    {
        int scale = arguments.Int("scale");
        return target.Rank == 3 && target[1] % scale == 0 && target[2] % scale == 0 ? [target[0], target[1] / scale, target[2] / scale] : [];
    }
}
