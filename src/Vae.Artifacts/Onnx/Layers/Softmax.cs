namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Softmax() : OnnxLayer("softmax")
{
    // Channels of an image, else the last axis; the batch axis comes first.
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Softmax", [input], new OnnxAttribute("axis", scope.Layer.Input.Rank == 3 ? 1L : -1L));
}
