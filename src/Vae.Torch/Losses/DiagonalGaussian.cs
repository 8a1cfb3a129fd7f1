using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>A normal distribution with independent dimensions for each example of a batch, <c>[n, z]</c>.</summary>
/// <param name="Mean">μ.</param>
/// <param name="LogVariance">log σ².</param>
internal sealed record DiagonalGaussian(Tensor Mean, Tensor LogVariance)
{
    /// <summary>σ = exp(½ log σ²).</summary>
    public Tensor StandardDeviation { get; } = (LogVariance * 0.5).exp();

    /// <summary>The draw μ + σ ε, through which gradients flow.</summary>
    /// <param name="noise">Standard normal numbers, <c>[n, z]</c>.</param>
    public Tensor Sample(Tensor noise) => Mean + (StandardDeviation * noise);
}
