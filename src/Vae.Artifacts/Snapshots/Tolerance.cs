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

    /// <summary>The deviation for people: <c>4.41 vs 5.02, −12.2 % &gt; 2 %</c>.</summary>
    public string Describe(double received, double verified)
    {
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{received:G6} vs {verified:G6}");
        double deviation = received - verified;
        if (!double.IsFinite(deviation))
            return numbers;
        // A percentage of something tiny says nothing.
        bool inPercent = Relative * Math.Abs(verified) >= Absolute && verified != 0;
        string sign = deviation < 0 ? "−" : "+";
        return inPercent
            ? string.Create(CultureInfo.InvariantCulture, $"{numbers}, {sign}{Math.Abs(deviation / verified) * 100:0.##} % > {Allowed(verified) / Math.Abs(verified) * 100:0.####} %")
            : string.Create(CultureInfo.InvariantCulture, $"{numbers}, {sign}{Math.Abs(deviation):G3} > {Allowed(verified):G3}");
    }

    private double Allowed(double verified) => Absolute + (Relative * Math.Abs(verified));
}
