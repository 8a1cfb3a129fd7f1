using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class UpsampleModule(LayerContext context) : LayerModule(context)
{
    private readonly long[] size = [context.Layer.Output[1], context.Layer.Output[2]];

    public override Tensor forward(Tensor input) => F.interpolate(input, size: size, mode: InterpolationMode.Nearest);
}
