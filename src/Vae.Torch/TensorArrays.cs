using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Results;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>From tensors to plain arrays.</summary>
internal static class TensorArrays
{
    /// <summary>A float tensor's numbers and shape under a name.</summary>
    public static NamedArray Named(string name, Tensor tensor) => new(name, ShapeOf(tensor), ToFloats(tensor));

    /// <summary>A tensor's shape.</summary>
    public static Shape ShapeOf(Tensor tensor) => new([.. tensor.shape.Select(size => (int)size)]);

    /// <summary>The numbers of a float tensor in C order.</summary>
    public static float[] ToFloats(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = tensor.detach().cpu().contiguous();
        return plain.numel() == 0 ? [] : MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }
}
