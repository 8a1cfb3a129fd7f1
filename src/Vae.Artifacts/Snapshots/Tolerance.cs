using System.Globalization;

namespace Vae.Artifacts.Snapshots;

/// <summary>How far a number may lie from the accepted one: |received − verified| ≤ absolute + relative · |verified|.</summary>
/// <param name="Absolute">In the number's own unit, at least 0.</param>
/// <param name="Relative">A fraction: 0.02 for 2 %, at least 0.</param>
/// <param name="Direction">Which deviations count.</param>
public sealed record Tolerance(double Absolute, double Relative, Direction Direction = Direction.Both)
{
    /// <summary>No deviation at all.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>How much of the tolerance is used: over 1 is a difference, infinite where a NaN or an infinity stands against anything else.</summary>
    public double Used(double received, double verified)
    {
        if (received.Equals(verified) && !double.IsNaN(received))
            return 0;
        double deviation = received - verified;
        if (!double.IsFinite(deviation))
            return double.PositiveInfinity;
        if ((Direction == Direction.LowerIsBetter && deviation < 0) || (Direction == Direction.HigherIsBetter && deviation > 0))
            return 0;
        double allowed = Allowed(verified);
        return allowed > 0 ? Math.Abs(deviation) / allowed : double.PositiveInfinity;
    }

    /// <summary>The deviation for people: <c>4.91, verified 4.32, +13.7 % &gt; 2 %</c>; with ≤ in place of &gt; where it is allowed.</summary>
    public string Describe(double received, double verified)
    {
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{received:G6}, verified {verified:G6}");
        double deviation = received - verified;
        if (!double.IsFinite(deviation))
            return numbers;
        // A percentage of something tiny says nothing.
        bool inPercent = Relative * Math.Abs(verified) >= Absolute && verified != 0;
        double allowed = Allowed(verified), all = allowed / Math.Abs(verified) * 100;
        (string change, string bound) = inPercent
            ? (Percent(Math.Abs(deviation / verified) * 100, all), all.ToString("G3", CultureInfo.InvariantCulture) + " %")
            : (Math.Abs(deviation).ToString("G3", CultureInfo.InvariantCulture), allowed.ToString("G3", CultureInfo.InvariantCulture));
        return $"{numbers}, {(deviation < 0 ? "−" : "+")}{change} {(Used(received, verified) > 1 ? ">" : "≤")} {bound}";
    }

    // As many digits as tell it from its bound: 2.04 % > 2 %, never 2 % > 2 %.
    private static string Percent(double value, double bound)
    {
        int digits = 1;
        while (digits < 6 && Math.Round(value, digits) == Math.Round(bound, digits) && value != bound)
            digits++;
        return Math.Round(value, digits).ToString(CultureInfo.InvariantCulture) + " %";
    }

    private double Allowed(double verified) => Absolute + (Relative * Math.Abs(verified));
}
