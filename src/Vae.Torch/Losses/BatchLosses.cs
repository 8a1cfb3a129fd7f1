using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>The parts of a batch's loss as scalars of the graph, before their weights.</summary>
/// <param name="Reconstruction">The reconstruction term.</param>
/// <param name="Kl">The KL divergence itself.</param>
/// <param name="FlooredKl">The KL with every dimension's share lifted to the free bits; <c>null</c> where there are none.</param>
/// <param name="Terms">The regularizers in the spec's order.</param>
internal sealed record BatchLosses(Tensor Reconstruction, Tensor Kl, Tensor? FlooredKl, Tensor[] Terms)
{
    /// <summary>log σ² of the codes <c>[n, z]</c>, for those who watch; <c>null</c> where nobody gave it.</summary>
    public Tensor? LogVariance { get; init; }
}
