namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Flatten() : OnnxLayer("flatten")
{
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Flatten", [input], new OnnxAttribute("axis", 1L));
}
