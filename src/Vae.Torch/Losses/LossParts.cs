namespace Vae.Torch.Losses;

/// <summary>The parts of a loss as numbers, averaged over examples, before their weights.</summary>
/// <param name="Reconstruction">The reconstruction term.</param>
/// <param name="Kl">The KL divergence itself.</param>
/// <param name="FlooredKl">The KL with every dimension's share lifted to the free bits; the KL where there are none.</param>
/// <param name="Terms">The regularizers in the spec's order.</param>
internal sealed record LossParts(double Reconstruction, double Kl, double FlooredKl, IReadOnlyList<double> Terms)
{
    /// <summary>Whether all of them are finite.</summary>
    public bool IsFinite => double.IsFinite(Reconstruction) && double.IsFinite(Kl) && double.IsFinite(FlooredKl) && Terms.All(double.IsFinite);
}
