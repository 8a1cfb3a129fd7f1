namespace Vae.Artifacts.Onnx.Layers;

internal sealed class ConvTranspose1d() : OnnxLayer("conv-transpose1d")
{
    public override string Emit(LayerScope scope, string input) => SeriesAxes.Apply(scope, input, series =>
    {
        string[] inputs = scope.Arguments.Flag("bias") ? [series, scope.Weight("weight"), scope.Weight("bias")] : [series, scope.Weight("weight")];
        int padding = scope.Arguments.Int("padding");
        return scope.Node(
            "ConvTranspose",
            inputs,
            OnnxAttribute.Sizes("kernel_shape", scope.Arguments.Int("kernel")),
            OnnxAttribute.Sizes("strides", scope.Arguments.Int("stride")),
            OnnxAttribute.Sizes("pads", padding, padding),
            OnnxAttribute.Sizes("output_padding", scope.Arguments.Int("output-padding")),
            OnnxAttribute.Sizes("dilations", scope.Arguments.Int("dilation")),
            new OnnxAttribute("group", (long)scope.Arguments.Int("groups")));
    });
}
