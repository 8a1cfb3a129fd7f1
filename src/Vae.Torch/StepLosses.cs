using Vae.Torch.Losses;

namespace Vae.Torch;

/// <summary>The losses of one step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step within it, from 1.</param>
/// <param name="Parts">The parts before their weights.</param>
internal sealed record StepLosses(int Epoch, int Step, LossParts Parts);
