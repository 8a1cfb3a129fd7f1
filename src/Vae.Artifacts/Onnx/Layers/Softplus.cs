namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Softplus() : OnnxLayer("softplus")
{
    public override string Emit(LayerScope scope, string input) => scope.Node("Softplus", [input]);
}
