using static TorchSharp.torch;
using functional = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class LeakyReluModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => functional.leaky_relu(input, Arguments.Float("slope"));
}
