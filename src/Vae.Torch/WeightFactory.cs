using TorchSharp;
using Vae.Dsl.Catalogue;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Turns the catalogue's initializers into tensors.</summary>
internal static class WeightFactory
{
    /// <summary>
    /// A new array. Random numbers are drawn on the CPU, in place, array by array, as PyTorch's modules do when they are built:
    /// the same seed gives the same weights there. They are drawn as 32-bit floats and then widened where the model is wider: a seed means
    /// the same weights in every precision.
    /// </summary>
    public static Tensor Create(WeightDefinition definition, Generator random, ScalarType type, Device device)
    {
        long[] sizes = [.. definition.Shape.Select(size => (long)size)];
        Tensor values = definition.Initializer switch
        {
            Initializer.Constant constant => full(sizes, constant.Value, float32),
            Initializer.Uniform uniform => empty(sizes, float32).uniform_(-uniform.Bound, uniform.Bound, random),
            Initializer.Normal normal => empty(sizes, float32).normal_(0, normal.StandardDeviation, random),
            _ => throw new NotSupportedException($"no tensor is made from {definition.Initializer}"),
        };
        if (type != float32)
            values = values.to(type, disposeAfter: true);
        return device.type == DeviceType.CPU ? values : values.to(device, disposeAfter: true);
    }
}
