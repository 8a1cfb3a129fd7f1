using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>
/// KL(N(μ, diag σ²) ‖ N(0, I)) = ½ Σ (μ² + σ² − 1 − log σ²), in nats: Kingma and Welling 2014, arXiv:1312.6114, appendix B.
/// Summed over the latent dimensions, averaged over the batch.
/// </summary>
internal static class GaussianKl
{
    /// <summary>The mean divergence of a batch, a scalar.</summary>
    public static Tensor Forward(DiagonalGaussian posterior)
    {
        long examples = posterior.Mean.size(0), dimensions = posterior.Mean.size(1);
        Tensor sum = (posterior.Mean.square() + posterior.StandardDeviation.square() - posterior.LogVariance).sum();
        return (sum * (0.5 / examples)) - (0.5 * dimensions);
    }

    /// <summary>The same by dimension, <c>[z]</c>.</summary>
    public static Tensor ByDimension(DiagonalGaussian posterior) =>
        ((posterior.Mean.square() + posterior.StandardDeviation.square() - posterior.LogVariance).mean([0]) - 1) * 0.5;
}
