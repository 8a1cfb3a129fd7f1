namespace Vae.Dsl.Catalogue.Layers;

/// <summary>What both pools share. Sizes round down, as in PyTorch.</summary>
internal abstract class PoolKind(string name, string summary)
    : LayerKind(name, summary, [Window.Kernel, Window.PoolStride, Window.Padding], main: "kernel")
{
    public override ShapeResult Infer(Arguments arguments, Shape input)
    {
        if (Window.RefuseNoImage(Name, input) is string refusal)
            return ShapeResult.Fail(refusal);
        Pair kernel = arguments.Pair("kernel"), padding = arguments.Pair("padding");
        return padding.Height > kernel.Height / 2 || padding.Width > kernel.Width / 2
            ? ShapeResult.Fail($"the 'padding' of {Name} may be at most half its kernel ({kernel.Height}×{kernel.Width})")
            : Window.Slide(Name, input[0], input, kernel, arguments.Pair("stride"), padding, 1);
    }

    public override Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) =>
        arguments.IsAuto("stride") ? arguments.With("stride", arguments.Shape("kernel")) : arguments;
}
