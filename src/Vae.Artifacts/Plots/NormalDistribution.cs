namespace Vae.Artifacts.Plots;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>The density at a value.</summary>
    public static double Density(double value) => Math.Exp(-value * value / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// The probability of less than a value, with an error of at most 7.5e-8: Abramowitz and Stegun 1964, formula 26.2.17. .NET has no
    /// error function.
    /// </summary>
    public static double Below(double value)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(value)));
        double tail = Density(value) * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return value < 0 ? tail : 1 - tail;
    }
}
