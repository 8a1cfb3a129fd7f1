namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Reshape() : OnnxLayer("reshape")
{
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Reshape", [input, scope.BatchOf(scope.Layer.Output)]);
}
