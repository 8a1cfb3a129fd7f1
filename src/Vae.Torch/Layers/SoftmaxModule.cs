using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class SoftmaxModule(LayerContext context) : LayerModule(context)
{
    // Over the channels of an image, over the last axis of anything else.
    private readonly long axis = context.Layer.Input.Rank == 3 ? 1 : -1;

    public override Tensor forward(Tensor input) => F.softmax(input, axis);
}
