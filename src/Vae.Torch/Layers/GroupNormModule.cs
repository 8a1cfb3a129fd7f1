using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class GroupNormModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) =>
        F.group_norm(input, Arguments.Int("groups"), WeightOrNull("weight"), WeightOrNull("bias"), Arguments.Float("eps"));
}
