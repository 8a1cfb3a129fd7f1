namespace Vae.Torch;

/// <summary>The losses of one step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step within it, from 1.</param>
/// <param name="Reconstruction">The reconstruction term.</param>
/// <param name="Kl">The KL divergence before its weight.</param>
internal sealed record StepLosses(int Epoch, int Step, double Reconstruction, double Kl)
{
    /// <summary>Whether both are finite.</summary>
    public bool IsFinite => double.IsFinite(Reconstruction) && double.IsFinite(Kl);
}
