namespace Vae.Artifacts.Drawing;

/// <summary>How a text is set.</summary>
/// <param name="Size">The font size in CSS pixels.</param>
internal sealed record TextStyle(double Size, FontWeight Weight, Paint Paint)
{
    public static TextStyle Title { get; } = new(17, FontWeight.Medium, Palette.Ink);

    public static TextStyle Subtitle { get; } = new(13, FontWeight.Regular, Palette.Muted);

    public static TextStyle AxisTitle { get; } = new(13, FontWeight.Regular, Palette.Ink);

    public static TextStyle Tick { get; } = new(12, FontWeight.Regular, Palette.Muted);

    public static TextStyle Legend { get; } = new(13, FontWeight.Regular, Palette.Ink);

    public static TextStyle LegendTitle { get; } = new(12, FontWeight.Medium, Palette.Muted);

    /// <summary>The width of a text in CSS pixels.</summary>
    public double Measure(string text) => Fonts.Of(Weight).Measure(text) * Size;

    /// <summary>The text, or as much of its start as fits into the width together with an ellipsis.</summary>
    public string Fit(string text, double width)
    {
        if (Measure(text) <= width)
            return text;
        string[] runes = [.. text.EnumerateRunes().Select(rune => rune.ToString())];
        for (int count = runes.Length - 1; count > 0; count--)
        {
            string shorter = string.Concat(runes.Take(count)).TrimEnd() + "…";
            if (Measure(shorter) <= width)
                return shorter;
        }

        return "…";
    }

    /// <summary>The text cut into lines between words, each at most as wide as said; a longer word is shortened.</summary>
    public IEnumerable<string> Wrap(string text, double width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Measure(longer) > width)
            {
                yield return line;
                longer = word;
            }

            line = Fit(longer, width);
        }

        if (line.Length > 0)
            yield return line;
    }
}
