using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class EmbeddingModule(LayerContext context) : LayerModule(context)
{
    private readonly long[] sizes = [-1, .. context.Layer.Output.Select(size => (long)size)];

    // Examples are float; their whole numbers are exact up to 2^24, more than there can be rows.
    public override Tensor forward(Tensor input) => Weight("weight").index_select(0, input.to(int64).flatten()).reshape(sizes);
}
