namespace Vae.Dsl;

/// <summary>
/// The code: a diagonal Gaussian posterior with a standard normal prior. Its heads are two linear layers from the encoder's
/// features, <c>latent.mu</c> and <c>latent.logvar</c>.
/// </summary>
/// <param name="Dim">How many dimensions.</param>
public sealed record LatentSpec(int Dim)
{
    /// <summary>The distribution that codes are drawn from without data: <c>standard-normal</c>.</summary>
    public string Prior { get; init; } = "standard-normal";

    /// <summary>The family of the code's distribution given an example: <c>diagonal-gaussian</c>.</summary>
    public string Posterior { get; init; } = "diagonal-gaussian";

    /// <summary>The bounds that the log-variance is clamped to (<c>logvar-clamp: [min, max]</c>); or <c>null</c>.</summary>
    public Interval? LogVarianceClamp { get; init; }
}
