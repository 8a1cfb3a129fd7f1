namespace Vae.Artifacts.Onnx.Layers;

// PyTorch's gates are input, forget, cell, output; ONNX's are input, output, forget, cell.
internal sealed class Lstm() : Recurrent("lstm", "LSTM", [0, 3, 1, 2]);
