using System.Globalization;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Final reconstruction and KL against a swept number: what one costs the other. It is no plot that a spec can name, since it is of many trainings.
/// </summary>
public static class SweepPlot
{
    private static readonly string[] Splits = ["test", "validation", "train"];

    /// <summary>Draws the runs.</summary>
    /// <param name="name">The name of the swept spec.</param>
    /// <param name="runs">Its points; those without metrics are left out.</param>
    /// <returns><c>null</c> where no number was swept, fewer than two points came to an end, or there are more lines than colours.</returns>
    public static PlotFiles? Draw(string name, IReadOnlyList<SweepRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Compose(name, runs)?.ToFiles();
    }

    internal static Scene? Compose(string name, IReadOnlyList<SweepRun> runs)
    {
        string split = Splits.FirstOrDefault(split => runs.Any(run => run.Metrics.ContainsKey(split + ".kl"))) ?? "";
        SweepRun[] ended = [.. runs.Where(run => run.Metrics.ContainsKey(split + ".kl") && run.Metrics.ContainsKey(split + ".reconstruction"))];
        if (Swept(ended) is not { } swept)
            return null;
        double[] along = [.. ended.Select(run => Number(run, swept)).Distinct().Order()];
        IGrouping<string, SweepRun>[] lines = [.. ended.GroupBy(run => Others(run, swept))];
        if (along.Length < 2 || lines.Length > Palette.Categories.Count)
            return null;

        string others = string.Join(" and ", ended[0].Values.Select(value => value.Key).Where(key => key != swept));
        return CurvePanels.Compose(
            "What the sweep found",
            $"{name}: final reconstruction and KL of the {PlotText.Split(split)} against {swept}{(others.Length > 0 ? $", a line for each {others}" : "")}",
            name,
            Describe(ended, split),
            new CurvePanels.Abscissa(swept, along, Along(along)) { Ticks = along.Length <= 12 ? along : null },
            [
                new CurvePanels.Panel("reconstruction", 220, [.. Lines("reconstruction", Palette.Orange)]),
                new CurvePanels.Panel("KL (nats)", 160, [.. Lines("kl", Palette.Blue)]) { MayBeLogarithmic = false },
            ]);

        IEnumerable<CurvePanels.Series> Lines(string measure, Paint alone) => lines.Select((line, i) =>
        {
            double[] values = [.. along.Select(x => line.FirstOrDefault(run => Number(run, swept).Equals(x))?.Metrics[$"{split}.{measure}"] ?? double.NaN)];
            double[] finite = [.. values.Where(double.IsFinite)];
            string range = finite.Length == 0 ? "not finite" : $"{PlotText.Number(finite.Min())} to {PlotText.Number(finite.Max())}";
            return new CurvePanels.Series(
                line.Key.Length > 0 ? line.Key : measure == "kl" ? "KL divergence" : "reconstruction",
                values,
                lines.Length == 1 ? alone : Palette.Categories[i])
            { Note = range };
        });
    }

    // Values that double from one to the next are as far apart as the eye expects on a logarithmic axis only.
    private static Scale Along(double[] values) => values[0] > 0 && values[^1] / values[0] > 10
        ? new Scale(values[0] / 1.08, values[^1] * 1.08, Logarithmic: true)
        : new Scale(values[0], values[^1]);

    // The number with the most values: the others become lines.
    private static string? Swept(SweepRun[] runs) => runs.Length == 0 ? null : runs[0].Values
        .Select(value => value.Key)
        .Where(key => runs.All(run => double.IsFinite(Number(run, key))))
        .OrderByDescending(key => runs.Select(run => Number(run, key)).Distinct().Count())
        .FirstOrDefault();

    private static double Number(SweepRun run, string key) =>
        double.TryParse(run.Values.FirstOrDefault(value => value.Key == key).Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static string Others(SweepRun run, string swept) =>
        string.Join(", ", run.Values.Where(value => value.Key != swept).Select(value => $"{value.Key} {value.Value}"));

    private static string Describe(SweepRun[] runs, string split) => string.Join(' ', runs.Select(run =>
        $"{string.Join(", ", run.Values.Select(value => $"{value.Key} {value.Value}"))}: reconstruction {PlotText.Number(run.Metrics[split + ".reconstruction"])}, KL {PlotText.Number(run.Metrics[split + ".kl"])}."));
}
