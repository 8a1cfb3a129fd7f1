using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class DropoutModule(LayerContext context) : LayerModule(context)
{
    // The framework's dropout draws from the process-wide stream, which other work in the process would move.
    private readonly Generator noise = context.Noise;

    public override Tensor forward(Tensor input)
    {
        double kept = 1 - Arguments.Float("p");
        if (!training || kept == 1)
            return input.alias();
        if (kept == 0)
            return input * 0;
        Tensor mask = empty_like(input).bernoulli_(kept, noise).div_(kept);
        return input * mask;
    }
}
