namespace Vae.Torch;

/// <summary>Losses averaged over examples.</summary>
/// <param name="Loss">Reconstruction + weight · KL.</param>
/// <param name="Reconstruction">The reconstruction term.</param>
/// <param name="Kl">The KL divergence before its weight.</param>
internal sealed record EpochLosses(double Loss, double Reconstruction, double Kl);
