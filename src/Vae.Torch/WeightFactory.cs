using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Makes a network's arrays as the catalogues say.</summary>
/// <param name="initialization">What weights are drawn from: a row of <see cref="InitializationCatalogue"/>.</param>
/// <param name="random">The stream that they are drawn from. It is the CPU's on every device, so that a seed means the same weights everywhere.</param>
/// <param name="type">What the tensors are computed in.</param>
/// <param name="device">Where they live.</param>
internal sealed class WeightFactory(Component initialization, Generator random, ScalarType type, Device device)
{
    /// <summary>What the tensors are computed in.</summary>
    public ScalarType Type => type;

    /// <summary>
    /// A new array. Random numbers are drawn on the CPU, in place, array by array, as PyTorch's modules do when they are built: with PyTorch's own
    /// initialization the same seed gives the same weights there. They are drawn as 32-bit floats and then widened where the model is wider: a
    /// seed means the same weights in every precision.
    /// </summary>
    public Tensor Create(WeightDefinition definition)
    {
        long[] sizes = [.. definition.Shape.Select(size => (long)size)];
        Initializer initializer = InitializationCatalogue.Of(initialization, definition);
        Tensor values = initializer switch
        {
            Initializer.Constant constant => full(sizes, constant.Value, float32),
            Initializer.Uniform uniform => empty(sizes, float32).uniform_(-uniform.Bound, uniform.Bound, random),
            Initializer.Normal normal => empty(sizes, float32).normal_(0, normal.StandardDeviation, random),
            _ => throw new NotSupportedException($"no tensor is made from {initializer}"),
        };
        if (type != float32)
            values = values.to(type, disposeAfter: true);
        return device.type == DeviceType.CPU ? values : values.to(device, disposeAfter: true);
    }
}
