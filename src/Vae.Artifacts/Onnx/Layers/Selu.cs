namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Selu() : OnnxLayer("selu")
{
    public override string Emit(LayerScope scope, string input) => scope.Node("Selu", [input]);
}
