namespace Vae.Dsl.Building;

/// <summary>Weights that change while training. One that does not is a plain number.</summary>
public static class Weights
{
    /// <summary>
    /// The variance of the decoder is a parameter of the model, and so is the balance of reconstruction and KL: σ-VAE, Rybkin et al. 2021,
    /// arXiv:2006.13202. Of a <see cref="Losses.Mse"/> or <see cref="Losses.Gaussian"/> only.
    /// </summary>
    public static WeightSpec Learned { get; } = new WeightSpec.Learned();

    /// <summary>A weight that rises over epochs, then stays.</summary>
    /// <param name="to">The weight at the end.</param>
    /// <param name="epochs">Over how many epochs.</param>
    /// <param name="from">The weight at the start.</param>
    /// <param name="shape">How it rises.</param>
    /// <param name="cycles">Into how many equal rises the length is cut.</param>
    public static WeightSpec Ramp(double to, int epochs, double from = 0, RampShape shape = RampShape.Linear, int cycles = 1) =>
        new WeightSpec.Ramp(from, to, epochs, TimeUnit.Epochs, shape, cycles);

    /// <summary>A weight that rises over batches, then stays.</summary>
    /// <param name="to">The weight at the end.</param>
    /// <param name="steps">Over how many batches.</param>
    /// <param name="from">The weight at the start.</param>
    /// <param name="shape">How it rises.</param>
    /// <param name="cycles">Into how many equal rises the length is cut.</param>
    public static WeightSpec RampOverSteps(double to, int steps, double from = 0, RampShape shape = RampShape.Linear, int cycles = 1) =>
        new WeightSpec.Ramp(from, to, steps, TimeUnit.Steps, shape, cycles);
}
