using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Dsl.Text;

/// <summary>YAML 1.2 core numbers and truth values, read by what is expected, never guessed.</summary>
internal static partial class Numerals
{
    public static bool TryInt(ScalarNode node, out long value)
    {
        value = 0;
        return !node.IsQuoted && IntPattern().IsMatch(node.Text) &&
            long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryFloat(ScalarNode node, out double value)
    {
        value = 0;
        return !node.IsQuoted && FloatPattern().IsMatch(node.Text) && TryFinite(node.Text, out value);
    }

    /// <summary><c>2%</c> as 0.02.</summary>
    public static bool TryPercent(ScalarNode node, out double value)
    {
        value = 0;
        if (node.IsQuoted || !node.Text.EndsWith('%') || !FloatPattern().IsMatch(node.Text[..^1]) || !TryFinite(node.Text[..^1], out value))
            return false;
        // Decimal arithmetic, so that 7% is the same number as 0.07.
        value = Math.Abs(value) < 1e6 ? (double)((decimal)value / 100) : value / 100;
        return true;
    }

    public static bool TryBool(ScalarNode node, out bool value)
    {
        value = node.Text == "true";
        return !node.IsQuoted && node.Text is "true" or "false";
    }

    /// <summary>What to write instead, as the end of a sentence; empty where nothing comes to mind.</summary>
    public static string Hint(ScalarNode node, bool whole)
    {
        string text = node.Text;
        if (node.IsQuoted)
            return FloatPattern().IsMatch(text) ? $"; remove the quotes: {text}" : "";
        if (LeadingZeroPattern().Match(text) is { Success: true } zeros)
            return $"; write {zeros.Groups[1].Value}{zeros.Groups[2].Value}, without the leading zero";
        if (text.Contains('_', StringComparison.Ordinal) && FloatPattern().IsMatch(text.Replace("_", "", StringComparison.Ordinal)))
            return $"; write {text.Replace("_", "", StringComparison.Ordinal)}, without '_'";
        if (SexagesimalPattern().IsMatch(text))
            return "; numbers have no ':'";
        if (text.Contains(',', StringComparison.Ordinal) && FloatPattern().IsMatch(text.Replace(',', '.')))
            return $"; write {text.Replace(',', '.')}";
        if (text.TrimStart('+', '-').ToUpperInvariant() is ".INF" or ".NAN" or "INF" or "NAN" or "INFINITY")
            return "; it must be finite";
        if (TryPercent(node, out double share))
            return $"; write {share.ToString("R", CultureInfo.InvariantCulture)}";
        if (whole && TryFloat(node, out double number) && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue)
            return $"; write {number.ToString("0", CultureInfo.InvariantCulture)}";
        return FloatPattern().IsMatch(text) && !whole ? "; it must be finite" : "";
    }

    /// <summary>How a number is written, so that reading gives the same number.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static bool TryFinite(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex IntPattern();

    [GeneratedRegex(@"^[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(@"^([-+]?)0+([0-9]+)\z")]
    private static partial Regex LeadingZeroPattern();

    [GeneratedRegex(@"^[-+]?[0-9]+(:[0-9]+)+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SexagesimalPattern();
}
