namespace Vae.Artifacts.Onnx.Layers;

internal sealed class LeakyRelu() : OnnxLayer("leaky-relu")
{
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("LeakyRelu", [input], new OnnxAttribute("alpha", (float)scope.Arguments.Float("slope")));
}
