namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Tanh() : OnnxLayer("tanh")
{
    public override string Emit(LayerScope scope, string input) => scope.Node("Tanh", [input]);
}
