using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class MaxPool2dModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) =>
        F.max_pool2d(input, Sizes("kernel"), Sizes("stride"), Sizes("padding"));
}
