using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class ReluModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => F.relu(input);
}
