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
        return tensor.detach().cpu().contiguous().data<float>().ToArray();
    }
}
