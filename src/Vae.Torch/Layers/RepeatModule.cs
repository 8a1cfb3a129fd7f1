using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class RepeatModule(LayerContext context) : LayerModule(context)
{
    private readonly long steps = context.Layer.Output[0];

    // A view: the steps share the vector's memory.
    public override Tensor forward(Tensor input) => input.unsqueeze(1).expand(-1, steps, -1);
}
