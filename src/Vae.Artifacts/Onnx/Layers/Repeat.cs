namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Repeat() : OnnxLayer("repeat")
{
    // Expand broadcasts, so that the 1 keeps the batch axis.
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Expand", [scope.Node("Unsqueeze", [input, scope.Integers(1)]), scope.Integers(1, scope.Layer.Output[0], 1)]);
}
