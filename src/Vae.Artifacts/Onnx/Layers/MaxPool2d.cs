namespace Vae.Artifacts.Onnx.Layers;

internal sealed class MaxPool2d() : OnnxLayer("maxpool2d")
{
    public override string Emit(LayerScope scope, string input) => scope.Node(
        "MaxPool",
        [input],
        OnnxAttribute.Pair("kernel_shape", scope.Arguments.Pair("kernel")),
        OnnxAttribute.Pair("strides", scope.Arguments.Pair("stride")),
        OnnxAttribute.Pads(scope.Arguments.Pair("padding")));
}
