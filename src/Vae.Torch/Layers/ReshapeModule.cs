using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class ReshapeModule(LayerContext context) : LayerModule(context)
{
    private readonly long[] sizes = [-1, .. context.Layer.Output.Select(size => (long)size)];

    public override Tensor forward(Tensor input) => input.reshape(sizes);
}
