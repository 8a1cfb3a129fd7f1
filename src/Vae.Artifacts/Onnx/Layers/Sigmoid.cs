namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Sigmoid() : OnnxLayer("sigmoid")
{
    public override string Emit(LayerScope scope, string input) => scope.Node("Sigmoid", [input]);
}
