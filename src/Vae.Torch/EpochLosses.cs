using Vae.Torch.Losses;

namespace Vae.Torch;

/// <summary>The losses of an epoch's steps, averaged over its examples.</summary>
/// <param name="Loss">The whole, with the coefficients of each step.</param>
/// <param name="Parts">The parts before their weights.</param>
internal sealed record EpochLosses(double Loss, LossParts Parts);
