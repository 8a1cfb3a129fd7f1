using System.Globalization;

namespace Vae.Artifacts.Lint;

/// <summary>Numbers as findings write them.</summary>
internal static class LintText
{
    /// <summary>Three digits, without an exponent where that is readable.</summary>
    public static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        return Math.Abs(value) is >= 1e-6 and < 1e9
            ? Math.Round(value, decimals).ToString("0.############", CultureInfo.InvariantCulture)
            : value.ToString("G3", CultureInfo.InvariantCulture);
    }

    /// <summary>A whole number of percent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
