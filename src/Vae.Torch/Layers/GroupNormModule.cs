using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class GroupNormModule(LayerContext context) : LayerModule(context)
{
    private readonly bool swapped = SeriesAxes.AreSwapped(context.Layer);

    public override Tensor forward(Tensor input) => SeriesAxes.Apply(swapped, input, channels =>
        F.group_norm(channels, Arguments.Int("groups"), WeightOrNull("weight"), WeightOrNull("bias"), Arguments.Float("eps")));
}
