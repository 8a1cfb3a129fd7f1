namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Elu() : OnnxLayer("elu")
{
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Elu", [input], new OnnxAttribute("alpha", (float)scope.Arguments.Float("alpha")));
}
