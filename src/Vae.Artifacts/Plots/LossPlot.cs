using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Loss curves as panels above one another with one axis of epochs: what is minimized and its reconstruction part in their own
/// unit, the KL in nats, and the KL's weight where it changes. Two units on one panel would suggest crossings that mean nothing.
/// </summary>
internal sealed class LossPlot : IPlot
{
    private const double Width = 880;
    private const double LegendWidth = 172;
    private const double PanelGap = 30;

    private static readonly (double On, double Off) Validation = (6, 5);

    public string Kind => "loss";

    public string Caption =>
        "Total, reconstruction and KL of each epoch; validation is dashed. A KL that falls to 0 is a posterior that collapsed; a validation loss that rises while the training loss falls is overfitting.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(result).ToFiles();

    internal static Scene Compose(TrainingResult result)
    {
        Curve curve = result.Curve;
        double[] epochs = curve.Column("epoch") ?? [.. Enumerable.Range(1, curve.Rows.Count).Select(i => (double)i)];
        Panel[] panels = [.. Panels(result.Spec, curve)];
        var heading = new Heading("Loss by epoch", Explanation(result.Spec), Width);

        Scale horizontal = epochs.Length > 1 ? new Scale(epochs.Min(), epochs.Max()) : new Scale(epochs.FirstOrDefault(1) - 0.5, epochs.FirstOrDefault(1) + 0.5);
        Scale[] verticals = [.. panels.Select(panel => Scale.Around(panel.Series.SelectMany(series => series.Values), allowLogarithm: true))];
        double[][] ticks = [.. verticals.Select((vertical, i) => vertical.Ticks(Math.Max(5, (int)(panels[i].Height / 38))))];
        double left = Heading.Margin + 22 + ticks.Select((values, i) => Axes.WidthOf(values, verticals[i].Logarithmic)).Max() + Axes.TickGap;
        double right = Width - Heading.Margin - LegendWidth;
        double height = heading.Bottom + 14 + panels.Sum(panel => panel.Height) + ((panels.Length - 1) * PanelGap) + 58;

        var scene = new Scene(Width, height, $"Loss by epoch of {result.Spec.Name}", Describe(curve, epochs));
        scene.Add(heading.Marks);
        double top = Math.Round(heading.Bottom + 14);
        double[] epochTicks = horizontal.Ticks(Math.Max(5, (int)((right - left) / 70)), smallestStep: 1);
        for (int i = 0; i < panels.Length; i++)
        {
            var axes = new Axes(new Box(left, top, right - left, panels[i].Height), horizontal, verticals[i]);
            bool last = i == panels.Length - 1;
            scene.Add(axes.VerticalAxis(ticks[i]));
            scene.Add(axes.HorizontalAxis(epochTicks, labelled: last));
            scene.Add(axes.VerticalTitle(panels[i].Title + (verticals[i].Logarithmic ? ", log scale" : ""), Heading.Margin + 11));
            foreach (Series series in panels[i].Series)
                scene.Add(axes.Series(epochs, series.Values, series.Paint, series.Held ? Validation : null));

            scene.Add(Legend(panels[i], right + 22, top));
            if (last)
                scene.Add(axes.HorizontalTitle("epoch"));
            top += panels[i].Height + PanelGap;
        }

        return scene;
    }

    private static IEnumerable<Panel> Panels(Spec spec, Curve curve)
    {
        bool weighted = spec.Loss.KlWeight is WeightSpec.Ramp;
        yield return new Panel("loss per example", weighted ? 220 : 250, [
            .. Pair("total", "loss", Palette.Ink), .. Pair("reconstruction", "reconstruction", Palette.Orange)]);
        yield return new Panel("KL (nats)", weighted ? 130 : 150, [.. Pair("KL divergence", "kl", Palette.Blue)]);
        if (weighted && curve.Column("kl.weight") is { } weight)
            yield return new Panel("KL weight", 90, [new Series("weight of the KL", weight, Palette.Green, Held: false)]);
        foreach (Component term in spec.Loss.Terms)
            yield return new Panel(term.Kind, 110, [.. Pair(LossText.Name(term), term.Kind, Palette.Green)]);
        if (curve.Column(MetricNames.Sigma) is { } sigma)
            yield return new Panel("learned σ", 90, [new Series("deviation", sigma, Palette.Ink, Held: false)]);

        IEnumerable<Series> Pair(string name, string column, Paint paint)
        {
            if (curve.Column("train." + column) is { } train)
                yield return new Series(name, train, paint, Held: false);
            if (curve.Column("validation." + column) is { } validation)
                yield return new Series(name, validation, paint, Held: true);
        }
    }

    // Under each quantity a sample of its lines with the last value of each.
    private static IEnumerable<Mark> Legend(Panel panel, double x, double y)
    {
        y += 10;
        foreach (IGrouping<string, Series> group in panel.Series.GroupBy(series => series.Name))
        {
            yield return new Mark.Label(TextStyle.Legend.Fit(group.Key, LegendWidth - 22), new(x, y), TextStyle.Legend);
            foreach (Series series in group)
            {
                y += 18;
                string value = series.Values.Count > 0 ? Text(series.Values[^1]) : "";
                yield return new Mark.Line([new(x, y - 4), new(x + 26, y - 4)], series.Paint, 2) { Dash = series.Held ? Validation : null };
                yield return new Mark.Label(
                    TextStyle.Tick.Fit((series.Held ? "validation " : panel.Series.Any(s => s.Held) ? "training " : "at the end ") + value, LegendWidth - 22 - 34),
                    new(x + 34, y), TextStyle.Tick);
            }

            y += 26;
        }
    }

    private static string Explanation(Spec spec)
    {
        string reconstruction = LossText.Describe(spec);
        string weight = spec.Loss.KlWeight is WeightSpec.Constant constant ? Text(constant.Value) : "weight";
        return $"{spec.Name}: total = {LossText.Formula(spec, weight, $"reconstruction ({reconstruction})")}, means over the examples of an epoch";
    }

    private static string Describe(Curve curve, double[] epochs)
    {
        string text = $"{epochs.Length} {(epochs.Length == 1 ? "epoch" : "epochs")}.";
        foreach (string column in curve.Columns.Where(column => column.Contains('.', StringComparison.Ordinal)))
        {
            if (curve.Column(column) is { Length: > 0 } values)
                text += $" {column}: {Text(values[0])} at first, {Text(values[^1])} at last.";
        }

        return text;
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');

    private sealed record Panel(string Title, double Height, IReadOnlyList<Series> Series);

    private sealed record Series(string Name, IReadOnlyList<double> Values, Paint Paint, bool Held);
}
