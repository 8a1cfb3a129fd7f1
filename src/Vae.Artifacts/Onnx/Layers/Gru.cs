namespace Vae.Artifacts.Onnx.Layers;

// PyTorch's gates are reset, update, new; ONNX's are update, reset, hidden.
internal sealed class Gru() : Recurrent("gru", "GRU", [1, 0, 2])
{
    // PyTorch multiplies the reset gate with what the hidden weights and their bias gave, not with the state before them.
    protected override IEnumerable<OnnxAttribute> Attributes => [new OnnxAttribute("linear_before_reset", 1L)];
}
