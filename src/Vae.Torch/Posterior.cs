namespace Vae.Torch;

/// <summary>The encoder's answer for n examples: a diagonal Gaussian each.</summary>
/// <param name="Means">Means, <c>[n, z]</c> in C order.</param>
/// <param name="LogVariances">Log-variances, <c>[n, z]</c> in C order.</param>
public sealed record Posterior(float[] Means, float[] LogVariances);
