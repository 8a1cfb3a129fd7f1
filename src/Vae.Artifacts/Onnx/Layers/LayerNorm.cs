namespace Vae.Artifacts.Onnx.Layers;

internal sealed class LayerNorm() : OnnxLayer("layernorm")
{
    public override string Emit(LayerScope scope, string input) => scope.Node(
        "LayerNormalization",
        [input, scope.WeightOr("weight", 1, scope.Layer.Input), scope.WeightOr("bias", 0, scope.Layer.Input)],
        new OnnxAttribute("axis", 1L),
        new OnnxAttribute("epsilon", (float)scope.Arguments.Float("eps")));
}
