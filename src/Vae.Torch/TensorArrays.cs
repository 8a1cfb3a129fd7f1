using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Results;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>From tensors to plain arrays.</summary>
internal static class TensorArrays
{
    /// <summary>A tensor's shape, and its numbers as 32-bit floats, under a name.</summary>
    public static NamedArray Named(string name, Tensor tensor) => new(name, ShapeOf(tensor), ToFloats(tensor));

    /// <summary>A tensor's shape.</summary>
    public static Shape ShapeOf(Tensor tensor) => new([.. tensor.shape.Select(size => (int)size)]);

    /// <summary>The numbers of a tensor in C order, rounded to 32-bit floats where they are wider.</summary>
    public static float[] ToFloats(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = Plain(tensor);
        if (plain.dtype == float64)
            plain = plain.to(float32);
        return plain.numel() == 0 ? [] : MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }

    /// <summary>The numbers of a tensor in C order, as exact as they are.</summary>
    public static double[] ToDoubles(Tensor tensor)
    {
        if (tensor.dtype != float64)
            return Array.ConvertAll(ToFloats(tensor), value => (double)value);
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = Plain(tensor);
        return plain.numel() == 0 ? [] : MemoryMarshal.Cast<byte, double>(plain.bytes).ToArray();
    }

    private static Tensor Plain(Tensor tensor) => tensor.detach().cpu().contiguous();
}
