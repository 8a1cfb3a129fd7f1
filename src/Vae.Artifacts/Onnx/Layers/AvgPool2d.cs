namespace Vae.Artifacts.Onnx.Layers;

internal sealed class AvgPool2d() : OnnxLayer("avgpool2d")
{
    public override string Emit(LayerScope scope, string input) => scope.Node(
        "AveragePool",
        [input],
        OnnxAttribute.Pair("kernel_shape", scope.Arguments.Pair("kernel")),
        OnnxAttribute.Pair("strides", scope.Arguments.Pair("stride")),
        OnnxAttribute.Pads(scope.Arguments.Pair("padding")),
        new OnnxAttribute("count_include_pad", 1L));
}
