using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class LinearModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => F.linear(input, Weight("weight"), WeightOrNull("bias"));
}
