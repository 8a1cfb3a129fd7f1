using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class GeluModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) =>
        F.gelu(input, Arguments.Text("approximate") == "tanh" ? TorchSharp.Modules.GELU.Approximate.tanh : TorchSharp.Modules.GELU.Approximate.none);
}
