using static TorchSharp.torch;
using functional = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class MaxPool2dModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) =>
        functional.max_pool2d(input, Sizes("kernel"), Sizes("stride"), Sizes("padding"));
}
