using System.Globalization;

namespace Vae.Artifacts.Plots;

/// <summary>Words and numbers that plots share.</summary>
internal static class PlotText
{
    /// <summary>A split as readers call it: <c>training set</c>, <c>test set</c>.</summary>
    public static string Split(string split) => split == "train" ? "training set" : $"{split} set";

    /// <summary>A latent dimension, counted from 0, as the formula writes it: <c>z₃</c> for 2.</summary>
    public static string Latent(int dimension) =>
        "z" + string.Concat((dimension + 1).ToString(CultureInfo.InvariantCulture).Select(digit => (char)('₀' + (digit - '0'))));

    /// <summary>A count with thousands.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 example</c>, <c>20 examples</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number with a fixed number of decimals, and no −0.</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (text.Any(c => c is >= '1' and <= '9') ? text : text.TrimStart('-')).Replace('-', '−');
    }

    /// <summary>
    /// Four digits, which are what a reader compares. Those of a measured number stay where they are zeros, so that 144.0 stands beside 125.5;
    /// a whole number and a small one are written as short as they are.
    /// </summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 9999.5 and < 1e7 => value.ToString("#,0", CultureInfo.InvariantCulture).Replace('-', '−'),
        >= 1 and < 9999.5 and var size when size != Math.Round(size) => Fixed(value, 3 - (int)Math.Floor(Math.Log10(size))),
        _ => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−'),
    };

    /// <summary>Nats as readers compare them: two decimals, and three below a tenth.</summary>
    public static string Nats(double value) => double.IsFinite(value) ? Fixed(value, Math.Abs(value) < 0.0995 ? 3 : 2) : "not finite";
}
