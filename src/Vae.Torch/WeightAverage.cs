using TorchSharp;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A running mean of weights and running statistics, updated after every step: Polyak and Juditsky 1992. After n updates the decay is at most
/// (1 + n) / (10 + n), so that a short training is not dominated by the initial weights.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private const string Script = """
        def lerp(average: List[Tensor], live: List[Tensor], share: float) -> Tensor:
            torch._foreach_lerp_(average, live, share)
            return average[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    private readonly double decay;
    private readonly Tensor[] live;
    private readonly Tensor[] averages;

    /// <summary>Starts from the weights as they are.</summary>
    public WeightAverage(double decay, VaeNetwork network)
    {
        this.decay = decay;
        live = [.. network.Averaged()];
        using IDisposable frozen = no_grad();
        averages = Array.ConvertAll(live, tensor => tensor.clone().DetachFromDisposeScope());
    }

    /// <summary>How many updates there were.</summary>
    public long Updates { get; set; }

    /// <summary>The averages, in an order that depends on the network only.</summary>
    public IReadOnlyList<Tensor> Averages => averages;

    /// <summary>Takes in the weights after a step.</summary>
    public void Update()
    {
        Updates++;
        double share = 1 - Math.Min(decay, (1.0 + Updates) / (10.0 + Updates));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Compiled.Value.Call("lerp", averages, live, share);
    }

    /// <summary>Puts the averages into the network and keeps its weights, or the other way round.</summary>
    public void Exchange()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach ((Tensor average, Tensor weights) in averages.Zip(live))
        {
            Tensor kept = weights.clone();
            weights.copy_(average);
            average.copy_(kept);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in live.Concat(averages))
            tensor.Dispose();
    }
}
