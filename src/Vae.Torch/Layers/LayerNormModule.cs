using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class LayerNormModule(LayerContext context) : LayerModule(context)
{
    // The example's whole shape is normalized, whatever the batch.
    private readonly long[] shape = [.. context.Layer.Input.Select(size => (long)size)];

    public override Tensor forward(Tensor input) =>
        F.layer_norm(input, shape, WeightOrNull("weight"), WeightOrNull("bias"), Arguments.Float("eps"));
}
