namespace Vae.Torch;

/// <summary>The losses of a whole split, averaged over its examples.</summary>
/// <param name="Reconstruction">From one sampled code an example.</param>
/// <param name="Kl">The KL divergence before its weight.</param>
/// <param name="MeanReconstruction">From the mean code; <c>null</c> where it was not asked for.</param>
internal sealed record SplitLosses(double Reconstruction, double Kl, double? MeanReconstruction)
{
    /// <summary>Whether all of them are finite.</summary>
    public bool IsFinite => double.IsFinite(Reconstruction) && double.IsFinite(Kl) && double.IsFinite(MeanReconstruction ?? 0);

    /// <summary>Reconstruction + weight · KL.</summary>
    public double Loss(double weight) => Reconstruction + (weight * Kl);
}
