using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class FlattenModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => input.flatten(1);
}
