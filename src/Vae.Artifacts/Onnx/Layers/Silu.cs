namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Silu() : OnnxLayer("silu")
{
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Mul", [input, scope.Node("Sigmoid", [input])]);
}
