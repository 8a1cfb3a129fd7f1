namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Relu() : OnnxLayer("relu")
{
    public override string Emit(LayerScope scope, string input) => scope.Node("Relu", [input]);
}
