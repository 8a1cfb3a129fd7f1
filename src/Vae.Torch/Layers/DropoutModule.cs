using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class DropoutModule(LayerContext context) : LayerModule(context)
{
    private readonly RandomZeros zeros = new(context.Layer.Arguments.Float("p"), context.Noise);

    public override Tensor forward(Tensor input) => training ? zeros.Apply(input) : input.alias();
}
