using static TorchSharp.torch;
using functional = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class GeluModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) =>
        functional.gelu(input, Arguments.Text("approximate") == "tanh" ? Modules.GELU.Approximate.tanh : Modules.GELU.Approximate.none);
}
