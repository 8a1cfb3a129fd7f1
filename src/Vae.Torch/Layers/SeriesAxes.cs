using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>Brings a series <c>[n, T, F]</c> into the order <c>[n, C, T]</c> that the tensor library's functions want, and back.</summary>
internal static class SeriesAxes
{
    /// <summary>Whether a layer's channels are the last axis.</summary>
    public static bool AreSwapped(Layer layer) => layer.Input.Rank == 2 && layer.Arguments.TryGetValue("channels-last", out object? last) && last is true;

    /// <summary>What a function of <c>[n, C, T]</c> gives, in the layer's own order.</summary>
    public static Tensor Apply(bool swapped, Tensor input, Func<Tensor, Tensor> function) =>
        swapped ? function(input.transpose(1, 2)).transpose(1, 2) : function(input);
}
