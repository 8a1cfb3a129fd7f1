using static TorchSharp.torch;
using functional = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class TanhModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => functional.tanh(input);
}
