using System.Globalization;

namespace Vae.Artifacts.Drawing;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    private static readonly int[] Factors = [1, 2, 5];

    /// <summary>
    /// Multiples of 1, 2 or 5 times a power of ten within the range, ends included: at most <paramref name="most"/>, with the smallest
    /// step for which that holds, so that for <paramref name="most"/> ≥ 5 there are at least two.
    /// </summary>
    /// <param name="smallestStep">The smallest step allowed: 1 for whole numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public static double[] Linear(double low, double high, int most, double smallestStep = 0)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(high - low) || high <= low)
            throw new ArgumentOutOfRangeException(nameof(high), $"the range {low.ToString(CultureInfo.InvariantCulture)} to {high.ToString(CultureInfo.InvariantCulture)} has no ticks");
        int power = (int)Math.Floor(Math.Log10((high - low) / most)) - 1;
        while (true)
        {
            foreach (int factor in Factors)
            {
                double[] ticks = Multiples(low, high, factor, power, most);
                if (ticks.Length <= most && factor * Math.Pow(10, power) >= smallestStep)
                    return ticks;
            }

            power++;
        }
    }

    /// <summary>1, 2 and 5 times the powers of ten within a positive range; the powers alone where that would be more than <paramref name="most"/>.</summary>
    public static double[] Logarithmic(double low, double high, int most)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Ceiling(Math.Log10(high));
        double[] all = [.. Enumerable.Range(first, last - first + 1)
            .SelectMany(power => Factors.Select(factor => Scaled(factor, power)))
            .Where(tick => tick >= low && tick <= high)];
        if (all.Length <= most)
            return all;
        double[] powers = [.. Enumerable.Range(first, last - first + 1).Select(power => Scaled(1, power)).Where(tick => tick >= low && tick <= high)];
        int every = (powers.Length + most - 1) / most;
        return [.. powers.Where((_, index) => index % every == 0)];
    }

    /// <summary>The ticks as text, all with the decimals that their step needs; on a logarithmic axis each with its own.</summary>
    public static string[] Format(IReadOnlyList<double> ticks, bool logarithmic = false)
    {
        if (logarithmic)
            return [.. ticks.Select(tick => tick.ToString(tick is >= 1e-4 and < 1e7 ? "#,0.####" : "0e0", CultureInfo.InvariantCulture).Replace('-', '−'))];

        double largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        double step = ticks.Count > 1 ? Enumerable.Range(1, ticks.Count - 1).Min(i => ticks[i] - ticks[i - 1]) : largest;
        if (largest >= 1e7 || (step > 0 && step < 1e-5))
            return [.. ticks.Select(tick => tick == 0 ? "0" : tick.ToString("0.####e0", CultureInfo.InvariantCulture).Replace('-', '−'))];
        int decimals = 0;
        while (decimals < 6 && ticks.Any(tick => Math.Abs(tick - Math.Round(tick, decimals)) > step * 1e-6))
            decimals++;
        string format = decimals == 0 ? "#,0" : "#,0." + new string('0', decimals);
        return [.. ticks.Select(tick => tick.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'))];
    }

    private static double[] Multiples(double low, double high, int factor, int power, int most)
    {
        double step = Scaled(factor, power);
        double first = Math.Ceiling(low / step);
        double last = Math.Floor(high / step);

        // Far more than allowed: not worth counting out, and beyond 2⁵³ the multiples are not distinct.
        if (last - first > most + 2.0)
            return new double[most + 1];
        return [.. Enumerable.Range(0, (int)Math.Max(0, last - first + 1))
            .Select(i => power < 0 ? (first + i) * factor / Math.Pow(10, -power) : (first + i) * step)
            .Where(tick => tick >= low && tick <= high)
            .Select(tick => tick == 0 ? 0 : tick)];
    }

    // A division by a whole power of ten is the number's nearest double; a product with 0.1 is not.
    private static double Scaled(int factor, int power) => power < 0 ? factor / Math.Pow(10, -power) : factor * Math.Pow(10, power);
}
