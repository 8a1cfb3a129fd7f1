using System.Text;
using Vae.Dsl;

namespace Vae.Tool.Output;

/// <summary>The points of a sweep as aligned columns: name and values.</summary>
internal static class SweepTable
{
    /// <summary>A line of headings, then a line a point.</summary>
    public static string Write(IReadOnlyList<SweepPoint> points)
    {
        string[][] rows = [["point", .. points[0].Values.Select(value => value.Key)], .. points.Select(point => (string[])[point.Name, .. point.Values.Select(value => value.Value)])];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }
}
