using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class ConcatModule : LayerModule
{
    private readonly int axis;
    private readonly long[] single;
    private readonly long[] spread;

    public ConcatModule(LayerContext context)
        : base(context)
    {
        Shape input = context.Layer.Input;
        int joined = SeriesAxes.AreSwapped(context.Layer) ? 1 : 0;
        axis = joined + 1;
        single = [-1, .. input.Select((_, place) => place == joined ? (long)Arguments.Int("size") : 1)];
        spread = [-1, .. input.Select((size, place) => place == joined ? (long)Arguments.Int("size") : size)];
    }

    public override Tensor Forward(Tensor input, Tensor? label)
    {
        Tensor numbers = label ?? throw new InvalidOperationException("a layer joins the label, and the network was not given it");
        // A view: every pixel or step sees the same numbers.
        return cat([input, spread.Length == 2 ? numbers : numbers.reshape(single).expand(spread)], axis);
    }

    public override Tensor forward(Tensor input) => Forward(input, null);
}
