namespace Vae.Runtime;

/// <summary>What the encoder says of examples: a normal distribution of codes for each, its axes independent.</summary>
public sealed class Posterior
{
    internal Posterior(float[] mean, float[] logVariance)
    {
        Mean = mean;
        LogVariance = logVariance;
    }

    /// <summary>The means, <c>[n, latent size]</c>.</summary>
    public float[] Mean { get; }

    /// <summary>The natural logarithms of the variances, <c>[n, latent size]</c>.</summary>
    public float[] LogVariance { get; }

    /// <summary>A code of each example, drawn from its distribution: <c>mean + exp(log variance / 2) · ε</c>.</summary>
    /// <param name="seed">The same seed gives the same codes; without one they are others each time.</param>
    /// <returns><c>[n, latent size]</c>.</returns>
    public float[] Draw(int? seed = null)
    {
        float[] codes = NormalDraws.Of(Mean.Length, seed);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = (float)(Mean[i] + (Math.Exp(LogVariance[i] / 2.0) * codes[i]));
        return codes;
    }
}
