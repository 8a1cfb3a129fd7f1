using System.Globalization;
using System.Text;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report.Sections;

/// <summary>The loss curve, the accepted one behind it, and the numbers.</summary>
internal static class CurveSection
{
    // A page with thousands of rows is slow to open, and loss.csv has them all.
    private const int MostRows = 400;

    public static IEnumerable<Section> Of(ReportContent content)
    {
        var text = new StringBuilder();
        foreach (DrawnPlot plot in content.Plots.Where(plot => plot.Plot.Kind == "loss"))
        {
            // The file in the folder of plots is compared with the snapshot, so only the page has it behind.
            string svg = content.Context.Verified is { } behind ? SvgWriter.Write(LossPlot.Compose(content.Spec, content.Curve, behind)) : plot.Files.Svg;
            text.Append(EmbeddedPlot.Figure(plot.Name, svg, PlotTable.Get(plot.Plot.Kind).Caption));
        }

        if (content.Context.Verified is { } verified)
            text.Append(Differences(content.Curve, verified));
        Numbers(text, content.Curve);
        yield return new Section("curve", "Loss curve", text.ToString());
    }

    private static string Differences(Curve curve, Curve verified)
    {
        string epochs = curve.Rows.Count == verified.Rows.Count ? "" : $" It has {Html.Number(verified.Rows.Count)} epochs, this training {Html.Number(curve.Rows.Count)}.";
        IReadOnlyList<string>[] rows = [.. curve.Columns.Where(column => column != "epoch").Select(column => Row(column, curve.Column(column)!, verified.Column(column))).OfType<IReadOnlyList<string>>()];
        string table = rows.Length == 0 ? "" : Html.Table("Largest differences from the verified snapshot", ["column", "#epoch", "#now", "#snapshot", "#difference"], rows);
        return $"<h3>Difference from the verified snapshot</h3>\n<p>The accepted curve is drawn in grey.{epochs}{(rows.Length == 0 ? " No number differs." : " Of each column, the epoch that differs most:")}</p>\n{table}";
    }

    private static IReadOnlyList<string>? Row(string column, double[] now, double[]? then)
    {
        if (then is null)
            return null;
        (int Epoch, double Share) worst = Enumerable.Range(0, Math.Min(now.Length, then.Length))
            .Select(i => (i, now[i].Equals(then[i]) ? 0 : (now[i] - then[i]) / Math.Abs(then[i])))
            .OrderByDescending(entry => Math.Abs(entry.Item2))
            .FirstOrDefault();
        if (worst.Share == 0)
            return null;
        string sign = worst.Share > 0 ? "+" : "−";
        string share = double.IsFinite(worst.Share) ? $"{sign}{Math.Abs(worst.Share * 100).ToString("0.##", CultureInfo.InvariantCulture)} %" : "";
        return [Html.Escape(column), Html.Number(worst.Epoch + 1), Html.Text(now[worst.Epoch]), Html.Text(then[worst.Epoch]), share];
    }

    private static void Numbers(StringBuilder text, Curve curve)
    {
        int every = Math.Max(1, (curve.Rows.Count + MostRows - 1) / MostRows);
        string left = every > 1 ? $"<p>Every {every}th epoch and the last; all are in loss.csv.</p>\n" : "";
        text.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>Loss curve as a table</summary>\n{left}");
        text.Append(Html.Table("Loss curve", [.. curve.Columns.Select(column => "#" + column)], curve.Rows
            .Where((_, i) => i % every == 0 || i == curve.Rows.Count - 1)
            .Select(row => (IReadOnlyList<string>)[.. row.Select(Html.Text)])));
        text.Append("</details>\n");
    }
}
