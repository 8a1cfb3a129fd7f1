using System.Globalization;
using System.Text;
using Vae.Artifacts.Inspection;

namespace Vae.Tool.Output;

/// <summary>A summary of a model's file for people.</summary>
internal static class InspectionText
{
    private const int WidestValue = 100;

    public static string Write(string path, ModelFileSummary summary, bool withNodes)
    {
        var text = new StringBuilder();
        long numbers = summary.Arrays.Sum(array => array.Count);
        text.Append(CultureInfo.InvariantCulture, $"{path}: {summary.Format}, {summary.Bytes:#,0} bytes, {numbers:#,0} numbers in {Counted.Of(summary.Arrays.Count, "array")}\n");
        if (summary.Facts.Count > 0)
            text.Append("  ").AppendJoin(", ", summary.Facts.Select(fact => $"{fact.Key} {fact.Value}")).Append('\n');
        Table(text, "metadata", [.. summary.Metadata.Select(entry => (string[])[entry.Key, Short(entry.Value)])]);
        Table(text, "inputs", [.. summary.Inputs.Select(Row)]);
        Table(text, "outputs", [.. summary.Outputs.Select(Row)]);
        if (summary.Nodes.Count > 0)
            Nodes(text, summary.Nodes, withNodes);
        if (summary.Arrays.Count > 0)
        {
            bool hasNotFinite = summary.Arrays.Any(array => array.Numbers?.NotFinite > 0);
            string[] heading = ["name", "type", "shape", "numbers", "min", "max", "mean", "deviation", .. hasNotFinite ? (string[])["not finite"] : []];
            Table(text, "arrays", [heading, .. summary.Arrays.Select(array => Row(array, hasNotFinite))], numbersFrom: 3);
        }

        return text.ToString();
    }

    private static void Nodes(StringBuilder text, IReadOnlyList<NodeSummary> nodes, bool all)
    {
        string kinds = string.Join(", ", nodes.GroupBy(node => node.Operator, StringComparer.Ordinal).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {kind.Key}")));
        text.Append('\n').Append(Counted.Of(nodes.Count, "node")).Append(": ").Append(kinds).Append('\n');
        if (all)
            Rows(text, [.. nodes.Select(node => (string[])[node.Operator, $"{string.Join(", ", node.Inputs)} -> {string.Join(", ", node.Outputs.Where(output => output.Length > 0))}"])], int.MaxValue);
    }

    private static string[] Row(ValueSummary value) => [value.Name, value.Type, value.Shape is { } shape ? $"[{string.Join(',', shape)}]" : ""];

    private static string[] Row(ArraySummary array, bool withNotFinite)
    {
        NumberSummary? numbers = array.Numbers;
        string[] row =
        [
            array.Name, array.Type, $"[{string.Join(',', array.Shape)}]", array.Count.ToString("#,0", CultureInfo.InvariantCulture),
            Number(numbers?.Min), Number(numbers?.Max), Number(numbers?.Mean), Number(numbers?.Deviation),
        ];
        return withNotFinite ? [.. row, numbers?.NotFinite.ToString("#,0", CultureInfo.InvariantCulture) ?? "—"] : row;
    }

    private static void Table(StringBuilder text, string title, string[][] rows, int numbersFrom = int.MaxValue)
    {
        if (rows.Length == 0)
            return;
        text.Append('\n').Append(title).Append('\n');
        Rows(text, rows, numbersFrom);
    }

    private static void Rows(StringBuilder text, string[][] rows, int numbersFrom)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => column >= numbersFrom ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string Number(double? value) => value is double number ? number.ToString("G4", CultureInfo.InvariantCulture) : "—";

    private static string Short(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.Length <= WidestValue ? line : line[..(WidestValue - 1)] + "…";
    }
}
