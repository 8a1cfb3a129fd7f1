namespace Vae.Dsl;

/// <summary>A weight that is constant or changes while training.</summary>
public abstract record WeightSpec
{
    private WeightSpec()
    {
    }

    /// <summary>The weight after the training has run its course: what evaluation and early stopping compare with.</summary>
    public abstract double Final { get; }

    /// <summary>A constant weight.</summary>
    public static WeightSpec FromDouble(double value) => new Constant(value);

    /// <summary>A constant weight: <c>kl: 0.001</c>.</summary>
    public static implicit operator WeightSpec(double value) => FromDouble(value);

    /// <summary>The same all the time.</summary>
    public sealed record Constant(double Value) : WeightSpec
    {
        /// <inheritdoc/>
        public override double Final => Value;
    }

    /// <summary>
    /// <c>learned</c>: the decoder's variance is a parameter, and the loss the negative ELBO, so that the balance of reconstruction and KL
    /// is learned too (σ-VAE: Rybkin et al. 2021, arXiv:2006.13202). In the loss the KL counts 1.
    /// </summary>
    public sealed record Learned : WeightSpec
    {
        /// <inheritdoc/>
        public override double Final => 1;
    }

    /// <summary>
    /// From <paramref name="From"/> to <paramref name="To"/> over <paramref name="Length"/> epochs or steps, then constant.
    /// With <paramref name="Cycles"/> over 1 the length is cut into as many equal rises (Fu et al. 2019, arXiv:1903.10145).
    /// </summary>
    public sealed record Ramp(double From, double To, int Length, TimeUnit Unit, RampShape Shape = RampShape.Linear, int Cycles = 1) : WeightSpec
    {
        /// <inheritdoc/>
        public override double Final => To;

        /// <summary>The weight at a time counted in the ramp's own unit; fractions of an epoch count.</summary>
        public double At(double time)
        {
            if (time >= Length)
                return To;
            // Multiplied first: a time at which a cycle begins is then a whole number of cycles to the last bit.
            double position = Math.Max(0, time) * Cycles / Length;
            double within = Cycles == 1 ? position : position - Math.Floor(position);
            double share = Shape switch
            {
                RampShape.Cosine => (1 - Math.Cos(Math.PI * within)) / 2,
                // A logistic curve from −6 to 6, stretched so that it starts at 0 and ends at 1.
                RampShape.Sigmoid => (Logistic((12 * within) - 6) - Logistic(-6)) / (Logistic(6) - Logistic(-6)),
                _ => within,
            };
            return From + ((To - From) * share);
        }

        private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
    }
}
