namespace Vae.Artifacts.Inspection;

/// <summary>What numbers are like. NaN and infinities are counted and left out of the rest.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, that of the population.</param>
/// <param name="Zeros">How many are 0.</param>
/// <param name="NotFinite">How many are NaN or infinite.</param>
public sealed record NumberSummary(double Min, double Max, double Mean, double Deviation, long Zeros, long NotFinite)
{
    /// <summary>Of numbers; <c>null</c> where there are none.</summary>
    internal static NumberSummary? Of(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return null;
        double min = double.PositiveInfinity, max = double.NegativeInfinity, mean = 0, squares = 0;
        long finite = 0, zeros = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                continue;
            finite++;
            zeros += value == 0 ? 1 : 0;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            // Welford's update: exact where all numbers are large and alike.
            double before = value - mean;
            mean += before / finite;
            squares += before * (value - mean);
        }

        return finite == 0
            ? new NumberSummary(double.NaN, double.NaN, double.NaN, double.NaN, 0, values.Length)
            : new NumberSummary(min, max, mean, Math.Sqrt(squares / finite), zeros, values.Length - finite);
    }
}
