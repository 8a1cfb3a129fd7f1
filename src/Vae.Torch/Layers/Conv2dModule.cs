using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class Conv2dModule(LayerContext context) : LayerModule(context)
{
    public override Tensor forward(Tensor input) => F.conv2d(
        input,
        Weight("weight"),
        WeightOrNull("bias"),
        strides: Sizes("stride"),
        padding: Sizes("padding"),
        dilation: Sizes("dilation"),
        groups: Arguments.Int("groups"));
}
