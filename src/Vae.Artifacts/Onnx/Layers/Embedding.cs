namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Embedding() : OnnxLayer("embedding")
{
    // The model's input is float, as examples are; ONNX's 7 is a 64-bit whole number.
    public override string Emit(LayerScope scope, string input) =>
        scope.Node("Gather", [scope.Weight("weight"), scope.Node("Cast", [input], new OnnxAttribute("to", 7L))]);
}
