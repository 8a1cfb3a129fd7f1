using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class Conv1dModule(LayerContext context) : LayerModule(context)
{
    private readonly bool swapped = SeriesAxes.AreSwapped(context.Layer);

    public override Tensor forward(Tensor input) => SeriesAxes.Apply(swapped, input, series => F.conv1d(
        series,
        Weight("weight"),
        WeightOrNull("bias"),
        stride: Arguments.Int("stride"),
        padding: Arguments.Int("padding"),
        dilation: Arguments.Int("dilation"),
        groups: Arguments.Int("groups")));
}
