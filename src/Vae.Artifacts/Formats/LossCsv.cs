using System.Globalization;
using System.Text;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>The loss curve as <c>loss.csv</c>: a line of names, a line an epoch, numbers in the shortest form that reads back the same.</summary>
internal static class LossCsv
{
    public static string Write(Curve curve)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', curve.Columns).Append('\n');
        foreach (double[] row in curve.Rows)
            text.AppendJoin(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads it back.</summary>
    /// <exception cref="FormatException">A line has another number of cells than the first, or a cell is no number; the message says where.</exception>
    public static Curve Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        string[] columns = lines[0].Split(',');
        var rows = new List<double[]>();
        for (int line = 1; line < lines.Length; line++)
        {
            string[] cells = lines[line].Split(',');
            if (cells.Length != columns.Length)
                throw new FormatException($"line {line + 1} has {cells.Length} cells, and the first line {columns.Length}");
            var row = new double[cells.Length];
            for (int i = 0; i < cells.Length; i++)
            {
                if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                    throw new FormatException($"line {line + 1}: '{cells[i]}' is no number");
            }

            rows.Add(row);
        }

        return new Curve(columns, rows);
    }
}
