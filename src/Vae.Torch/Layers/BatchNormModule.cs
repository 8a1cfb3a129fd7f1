using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

internal sealed class BatchNormModule(LayerContext context) : LayerModule(context)
{
    private readonly bool swapped = SeriesAxes.AreSwapped(context.Layer);

    public override Tensor forward(Tensor input)
    {
        if (training)
        {
            using IDisposable frozen = no_grad();
            Weight("num_batches_tracked").add_(1);
        }

        return SeriesAxes.Apply(swapped, input, channels => F.batch_norm(
            channels,
            Weight("running_mean"),
            Weight("running_var"),
            WeightOrNull("weight"),
            WeightOrNull("bias"),
            training,
            Arguments.Float("momentum"),
            Arguments.Float("eps")));
    }
}
