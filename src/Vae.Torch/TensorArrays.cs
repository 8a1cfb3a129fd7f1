using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>From tensors to plain arrays.</summary>
internal static class TensorArrays
{
    /// <summary>The numbers of a float tensor in C order.</summary>
    public static float[] ToFloats(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = tensor.detach().cpu().contiguous();
        return plain.numel() == 0 ? [] : MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }
}
