using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Watches a number that should fall, and keeps the weights of the epoch in which it was smallest.</summary>
internal sealed class EarlyStop(StopSpec spec) : IDisposable
{
    private double best = double.PositiveInfinity;
    private int bestEpoch;
    private IReadOnlyList<Tensor> bestWeights = [];

    /// <summary>The smallest value and its epoch, for a checkpoint.</summary>
    public double[] State => [best, bestEpoch];

    /// <summary>Whether the best weights are kept.</summary>
    public bool KeepsWeights => spec.RestoreBest;

    /// <summary>All arrays of the network as they were then; empty where they are not kept, and before the first epoch.</summary>
    public IReadOnlyList<Tensor> BestWeights => bestWeights;

    /// <summary>Takes over what a checkpoint holds.</summary>
    /// <param name="state">What <see cref="State"/> was.</param>
    /// <param name="weights">What <see cref="BestWeights"/> was. It is disposed of here.</param>
    public void Resume(double[] state, IReadOnlyList<Tensor> weights)
    {
        Dispose();
        (best, bestEpoch, bestWeights) = (state[0], (int)state[1], weights);
    }

    /// <summary>Whether so many epochs in a row as the patience brought no improvement.</summary>
    /// <param name="value">What is watched, after this epoch.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="network">Whose weights are kept.</param>
    public bool IsDue(double value, int epoch, VaeNetwork network)
    {
        if (epoch > 0 && value >= best - spec.MinDelta)
            return epoch - bestEpoch >= spec.Patience;
        best = value;
        bestEpoch = epoch;
        if (spec.RestoreBest)
        {
            Dispose();
            bestWeights = network.Snapshot();
        }

        return false;
    }

    /// <summary>Brings back the best weights where the spec says so.</summary>
    /// <returns>The epoch, from 0, that the weights are of; <c>null</c> where they are the last one's.</returns>
    public int? Finish(VaeNetwork network)
    {
        if (!spec.RestoreBest)
            return null;
        network.Restore(bestWeights);
        return bestEpoch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in bestWeights)
            tensor.Dispose();
        bestWeights = [];
    }
}
