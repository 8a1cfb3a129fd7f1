using Vae.Torch.Losses;

namespace Vae.Torch;

/// <summary>The losses of a whole split, averaged over its examples.</summary>
/// <param name="Parts">The parts before their weights, the reconstruction from one sampled code an example.</param>
/// <param name="MeanReconstruction">The reconstruction from the mean code; <c>null</c> where it was not asked for.</param>
internal sealed record SplitLosses(LossParts Parts, double? MeanReconstruction)
{
    /// <summary>Whether all of them are finite.</summary>
    public bool IsFinite => Parts.IsFinite && double.IsFinite(MeanReconstruction ?? 0);
}
