namespace Vae.Artifacts.Onnx.Layers;

internal sealed class ConvTranspose2d() : OnnxLayer("conv-transpose2d")
{
    public override string Emit(LayerScope scope, string input)
    {
        string[] inputs = scope.Arguments.Flag("bias") ? [input, scope.Weight("weight"), scope.Weight("bias")] : [input, scope.Weight("weight")];
        return scope.Node(
            "ConvTranspose",
            inputs,
            OnnxAttribute.Pair("kernel_shape", scope.Arguments.Pair("kernel")),
            OnnxAttribute.Pair("strides", scope.Arguments.Pair("stride")),
            OnnxAttribute.Pads(scope.Arguments.Pair("padding")),
            OnnxAttribute.Pair("output_padding", scope.Arguments.Pair("output-padding")),
            OnnxAttribute.Pair("dilations", scope.Arguments.Pair("dilation")),
            new OnnxAttribute("group", (long)scope.Arguments.Int("groups")));
    }
}
