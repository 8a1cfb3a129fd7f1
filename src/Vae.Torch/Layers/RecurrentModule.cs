using System.Globalization;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>What gru and lstm share: stacking, dropout between the stacked layers from the training's own stream, and what is returned.</summary>
internal abstract class RecurrentModule : LayerModule
{
    private readonly string function;
    private readonly int hidden;
    private readonly int directions;
    private readonly bool bias;
    private readonly bool last;
    private readonly string[][] names;
    private readonly RandomZeros dropout;

    /// <param name="context">The layer.</param>
    /// <param name="function">The function of <see cref="Recurrence"/>.</param>
    protected RecurrentModule(LayerContext context, string function)
        : base(context)
    {
        this.function = function;
        hidden = Arguments.Int("hidden");
        directions = Arguments.Flag("bidirectional") ? 2 : 1;
        bias = Arguments.Flag("bias");
        last = Arguments.Text("return") == "last";
        dropout = new RandomZeros(Arguments.Float("dropout"), context.Noise);
        string[] all = [.. Layer.Weights.Select(weight => weight.Name)];
        names = [.. Enumerable.Range(0, Arguments.Int("layers")).Select(index => NamesOf(all, index))];
    }

    public override Tensor forward(Tensor input)
    {
        Tensor features = input;
        for (int index = 0; index < names.Length; index++)
        {
            if (index > 0 && training)
                features = dropout.Apply(features);
            features = Recurrence.Run(function, features, Array.ConvertAll(names[index], Weight), hidden, directions, bias);
        }

        return last ? Final(features) : features;
    }

    private static string[] NamesOf(string[] all, int index)
    {
        string suffix = "_l" + index.ToString(CultureInfo.InvariantCulture);
        return [.. all.Where(name => name.EndsWith(suffix, StringComparison.Ordinal) || name.EndsWith(suffix + "_reverse", StringComparison.Ordinal))];
    }

    /// <summary>The forward direction ends at the last step, the backward one at the first.</summary>
    private Tensor Final(Tensor states)
    {
        Tensor end = states.select(1, -1);
        return directions == 1 ? end : cat([end.narrow(1, 0, hidden), states.select(1, 0).narrow(1, hidden, hidden)], 1);
    }
}
