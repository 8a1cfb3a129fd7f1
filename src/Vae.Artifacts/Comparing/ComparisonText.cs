using System.Globalization;
using System.Text;

namespace Vae.Artifacts.Comparing;

/// <summary>A comparison for people, as text of aligned columns or as Markdown. Both hold the same tables.</summary>
public static class ComparisonText
{
    private const int WidestValue = 60;
    private const int PointsOfCurve = 16;
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const string None = "—";

    /// <summary>Aligned columns, LF.</summary>
    public static string Plain(ModelComparison comparison)
    {
        var text = new StringBuilder();
        foreach (string line in Head(comparison))
            text.Append(line).Append('\n');
        foreach (Part part in Parts(comparison))
        {
            text.Append('\n').Append(part.Title).Append('\n');
            if (part.Rows.Count == 0)
                continue;
            string[][] rows = [part.Columns, .. part.Rows];
            int[] widths = [.. part.Columns.Select((_, column) => rows.Max(row => row[column].Length))];
            foreach (string[] row in rows)
                text.Append(("  " + string.Join("  ", row.Select((cell, column) => part.IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Markdown with tables, for a pull request, LF.</summary>
    public static string Markdown(ModelComparison comparison)
    {
        var text = new StringBuilder();
        foreach (string line in Head(comparison))
            text.Append("- ").Append(Escaped(line)).Append('\n');
        foreach (Part part in Parts(comparison))
        {
            text.Append("\n### ").Append(Escaped(part.Title)).Append('\n');
            if (part.Rows.Count == 0)
                continue;
            text.Append("\n| ").AppendJoin(" | ", part.Columns).Append(" |\n|");
            for (int column = 0; column < part.Columns.Length; column++)
                text.Append(part.IsNumber(column) ? "---:|" : "---|");
            text.Append('\n');
            foreach (string[] row in part.Rows)
                text.Append("| ").AppendJoin(" | ", row.Select(cell => cell is "worse" ? "**worse**" : Escaped(cell))).Append(" |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Head(ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        yield return $"A: {comparison.First.Path} ({comparison.First.Spec.Name})";
        yield return $"B: {comparison.Second.Path} ({comparison.Second.Spec.Name})";
        if (comparison.Metrics.Count > 0 && comparison.Redefined is { Count: > 0 } redefined)
            yield return $"the losses need not mean the same: {string.Join(", ", redefined.Take(4))}{(redefined.Count > 4 ? ", …" : "")} differ{(redefined.Count == 1 ? "s" : "")}";
    }

    private static IEnumerable<Part> Parts(ModelComparison comparison)
    {
        int values = comparison.Values.Count;
        yield return new Part(
            values == 0 ? "The resolved specs are the same" : $"The resolved specs differ in {Count(values, "value")}",
            ["value", "A", "B"],
            [.. comparison.Values.Select(value => (string[])[value.Path, Short(value.First), Short(value.Second)])],
            0);
        if (!comparison.First.IsTrained || !comparison.Second.IsTrained)
            yield break;
        yield return new Part(
            "Final metrics: " + Verdicts([.. comparison.Metrics.Select(metric => metric.Verdict)]),
            ["metric", "A", "B", "change", "B is"],
            [.. comparison.Metrics.Select(metric => (string[])[metric.Name, Number(metric.First), Number(metric.Second), Change(metric.Change), Word(metric.Verdict)])],
            3);
        yield return new Part(
            "Loss curves: " + Verdicts([.. comparison.Curves.Select(curve => curve.Verdict)]),
            ["column", "A at the end", "B at the end", "A at its lowest", "B at its lowest", "A", "B", "B is"],
            [.. comparison.Curves.Select(Row)],
            4);
    }

    private static string[] Row(CurveComparison curve)
    {
        double[] finite = [.. curve.First.Concat(curve.Second).Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
        return
        [
            curve.Name,
            End(curve.First),
            End(curve.Second),
            Lowest(curve.First),
            Lowest(curve.Second),
            Course(curve.First, low, high),
            Course(curve.Second, low, high),
            Word(curve.Verdict),
        ];
    }

    private static string End(IReadOnlyList<double> values) => values.Count == 0 ? None : Number(values[^1]);

    private static string Lowest(IReadOnlyList<double> values)
    {
        int[] finite = [.. Enumerable.Range(0, values.Count).Where(row => double.IsFinite(values[row]))];
        if (finite.Length == 0)
            return None;
        int lowest = finite.MinBy(row => values[row]);
        return string.Create(CultureInfo.InvariantCulture, $"{Number(values[lowest])} (epoch {lowest + 1})");
    }

    /// <summary>A curve in a line of bars, both sides on one scale.</summary>
    private static string Course(IReadOnlyList<double> values, double low, double high)
    {
        int points = Math.Min(PointsOfCurve, values.Count);
        var text = new StringBuilder(points);
        for (int i = 0; i < points; i++)
        {
            double value = values[points == 1 ? 0 : (int)Math.Round((double)i * (values.Count - 1) / (points - 1))];
            int level = high > low && double.IsFinite(value) ? (int)Math.Round((value - low) / (high - low) * (Bars.Length - 1)) : 0;
            text.Append(double.IsFinite(value) ? Bars[level] : '?');
        }

        return text.ToString();
    }

    private static string Verdicts(IReadOnlyList<Verdict> verdicts)
    {
        string[] counted =
        [
            .. ((Verdict[])[Verdict.Worse, Verdict.Better, Verdict.Different, Verdict.Missing, Verdict.Same])
                .Select(verdict => (Verdict: verdict, Number: verdicts.Count(other => other == verdict)))
                .Where(entry => entry.Number > 0)
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Number} {Word(entry.Verdict)}")),
        ];
        return counted.Length == 0 ? "none" : string.Join(", ", counted);
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Better => "better",
        Verdict.Worse => "worse",
        Verdict.Different => "different",
        Verdict.Missing => "missing",
        _ => "the same",
    };

    private static string Number(double? value) => value is double number ? number.ToString("G6", CultureInfo.InvariantCulture) : None;

    private static string Change(double? change) => change is not double part ? "" : (part * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static string Short(string? value) => value is null ? None : value.Length <= WidestValue ? value : value[..(WidestValue - 1)] + "…";

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    // What Markdown would read as its own in a cell.
    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>A table with its heading; from the second column on so many hold numbers.</summary>
    private sealed record Part(string Title, string[] Columns, IReadOnlyList<string[]> Rows, int Numbers)
    {
        public bool IsNumber(int column) => column > 0 && column <= Numbers;
    }
}
