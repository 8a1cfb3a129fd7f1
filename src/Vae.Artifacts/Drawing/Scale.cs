namespace Vae.Artifacts.Drawing;

/// <summary>An axis: the values at its two ends, linear or logarithmic between them.</summary>
internal sealed record Scale(double Low, double High, bool Logarithmic = false)
{
    // Below this ratio of the largest to the smallest value a linear axis shows every part of a curve.
    private const double RatioForLogarithm = 20;

    /// <summary>An axis that holds all finite values with a small margin; 0..1 where there are none, and never of length 0.</summary>
    /// <param name="allowLogarithm">Whether a wide range of positive values makes it logarithmic.</param>
    public static Scale Around(IEnumerable<double> values, bool allowLogarithm = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return new Scale(0, 1);
        (double low, double high) = (finite.Min(), finite.Max());
        if (allowLogarithm && low > 0 && high / low > RatioForLogarithm)
            return new Scale(low / Math.Pow(high / low, 0.04), high * Math.Pow(high / low, 0.04), Logarithmic: true);
        double margin = (high - low) * 0.06;
        if (margin <= Math.Abs(high) * 1e-6)
            margin = high == 0 ? 0.5 : Math.Abs(high) * 0.1;

        // A quantity that is never negative (a loss, a KL) gets no room below 0.
        return new Scale(low >= 0 ? Math.Max(0, low - margin) : low - margin, high + margin);
    }

    /// <summary>Where a value lies: 0 at the low end, 1 at the high end.</summary>
    public double Position(double value) => Logarithmic
        ? Math.Log(value / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>Round values along it.</summary>
    public double[] Ticks(int most, double smallestStep = 0) =>
        Logarithmic ? Drawing.Ticks.Logarithmic(Low, High, most + (most / 2)) : Drawing.Ticks.Linear(Low, High, most, smallestStep);
}
