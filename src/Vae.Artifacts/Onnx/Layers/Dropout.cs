namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Dropout() : OnnxLayer("dropout")
{
    // After training dropout does nothing.
    public override string Emit(LayerScope scope, string input) => input;
}
