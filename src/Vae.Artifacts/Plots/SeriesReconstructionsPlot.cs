using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Windows of a time series side by side, a row of panels for each column of the data with an axis of its own: the original, what the
/// model decodes from its μ, and, where the likelihood has a standard deviation, a band of that width to both sides.
/// </summary>
internal sealed class SeriesReconstructionsPlot : IPlot
{
    private const double Widest = 860;
    private const double MostWidth = 420;
    private const double LeastWidth = 96;
    private const double ColumnGap = 22;
    private const double RowGap = 20;
    private const double OriginalWidth = 1.3;
    private const double DecodedWidth = 1.8;
    private const double BandOpacity = 0.18;

    public string Kind => "series-reconstructions";

    public string Caption =>
        "Windows spread evenly over the set, and what the model decodes from their codes. A band, where there is one, is what the likelihood takes for noise: " +
        "of a Gaussian's, the original should leave it at about one step in three.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        Evaluation evaluation = result.Evaluation(Request(plot));
        NamedArray original = evaluation.Get("original");
        int[] places = Array.ConvertAll(evaluation.Get("index").Values, value => (int)value);
        int count = (int)evaluation.Get("count").Values[0];
        (int windows, int steps, int features) = (original.Shape[0], original.Shape[1], original.Shape[2]);
        int rows = Math.Min(features, plot.Arguments.Int("columns"));
        double? deviation = LikelihoodDeviation(result);
        Row[] all = [.. Enumerable.Range(0, rows).Select(feature => Row.Of(result, evaluation, feature, deviation))];

        double height = rows switch { 1 => 200, <= 3 => 130, _ => 96 };
        double[][] ticks = [.. all.Select(row => row.Scale.Ticks(Math.Max(5, (int)(height / 34))))];
        double left = Math.Ceiling(Heading.Margin + 22 + ticks.Max(values => Axes.WidthOf(values)) + Axes.TickGap);
        double width = Math.Clamp(Math.Floor(((Widest - left - Heading.Margin + ColumnGap) / windows) - ColumnGap), LeastWidth, MostWidth);
        double total = Math.Max(440, Math.Ceiling(left + (windows * (width + ColumnGap)) - ColumnGap + Heading.Margin));
        string rest = rows < features ? $"; the first {PlotText.Count(rows)} of {PlotText.Count(features)} columns" : "";
        var heading = new Heading(
            "Reconstructed series",
            $"{result.Spec.Name}: {PlotText.Count(windows, "window")} of the {PlotText.Count(count)} of the {PlotText.Split(plot.Arguments.Text("split"))}, {PlotText.Count(steps, "step")} each, " +
            $"and what the model decodes from their μ{rest}",
            total);

        double legend = Math.Round(heading.Bottom + 12);
        double top = legend + 44;
        double bottom = top + (rows * (height + RowGap)) - RowGap;
        var scene = new Scene(
            total, Math.Ceiling(bottom + 58), $"Reconstructed series of {result.Spec.Name}",
            $"{windows} windows of {steps} steps, {rows} columns: {string.Join(", ", all.Select(row => row.Name))}. Each panel shows the original and its reconstruction.");
        scene.Add(heading.Marks);
        scene.Add(Legend(Heading.Margin, legend, deviation is not null));
        var horizontal = new Scale(0, Math.Max(1, steps - 1));
        double[] stepTicks = horizontal.Ticks(Math.Max(5, (int)(width / 60)), smallestStep: 1);
        for (int window = 0; window < windows; window++)
        {
            double x = left + (window * (width + ColumnGap));
            scene.Add(new Mark.Label(TextStyle.Tick.Fit($"window {PlotText.Count(places[window] + 1)}", width), new(x, top - 10), TextStyle.Tick));
            for (int row = 0; row < rows; row++)
            {
                var axes = new Axes(new Box(x, top + (row * (height + RowGap)), width, height), horizontal, all[row].Scale);
                bool last = row == rows - 1;
                scene.Add(window == 0 ? axes.VerticalAxis(ticks[row]) : axes.VerticalAxis(ticks[row]).Where(mark => mark is not Mark.Label));
                scene.Add(axes.HorizontalAxis(Apart(stepTicks, axes), labelled: last));
                scene.Add(new Mark.Clip(axes.Area with { Y = axes.Area.Y - 2, Height = height + 3 }, [.. Lines(axes, all[row], window, steps)]));
                if (window == 0)
                    scene.Add(axes.VerticalTitle(all[row].Name, Heading.Margin + 11));
                if (last && window == windows / 2)
                    scene.Add(new Mark.Label("step", new(left + (((windows * (width + ColumnGap)) - ColumnGap) / 2), bottom + 42), TextStyle.AxisTitle, Anchor.Middle));
            }
        }

        return scene;
    }

    private static IEnumerable<Mark> Lines(Axes axes, Row row, int window, int steps)
    {
        double[] x = [.. Enumerable.Range(0, steps).Select(step => (double)step)];
        double[] original = row.Original[(window * steps)..((window + 1) * steps)];
        double[] decoded = row.Decoded[(window * steps)..((window + 1) * steps)];
        if (row.Deviation.Length > 0 && decoded.All(double.IsFinite))
        {
            Point[] upper = [.. decoded.Select((value, step) => axes.Place(step, value + row.Deviation[step]))];
            Point[] lower = [.. decoded.Select((value, step) => axes.Place(step, value - row.Deviation[step]))];
            yield return new Mark.Area([.. upper, .. lower.Reverse()], Palette.Blue, BandOpacity);
        }

        foreach (Mark mark in axes.Series(x, original, Palette.Muted).Concat(axes.Series(x, decoded, Palette.Blue)))
            yield return mark is Mark.Line line ? line with { Width = line.Stroke == Palette.Muted ? OriginalWidth : DecodedWidth } : mark;
    }

    // Labels of neighbouring panels keep apart: none hangs over the end of its axis.
    private static double[] Apart(double[] ticks, Axes axes) =>
        [.. ticks.Where(tick => axes.X(tick) + (TextStyle.Tick.Measure(PlotText.Count((long)tick)) / 2) <= axes.Area.Right + (ColumnGap / 2) - 2)];

    private static IEnumerable<Mark> Legend(double x, double y, bool band)
    {
        (string Text, Func<double, Mark> Sample)[] entries =
        [
            ("original", from => new Mark.Line([new(from, y), new(from + 26, y)], Palette.Muted, OriginalWidth)),
            ("reconstruction", from => new Mark.Line([new(from, y), new(from + 26, y)], Palette.Blue, DecodedWidth)),
            ("± σ of the likelihood", from => new Mark.Area(new Box(from, y - 7, 26, 14), Palette.Blue, BandOpacity)),
        ];
        foreach ((string text, Func<double, Mark> sample) in entries.Take(band ? 3 : 2))
        {
            yield return sample(x);
            yield return new Mark.Label(text, new(x + 34, y + 4.5), TextStyle.Legend);
            x += 34 + TextStyle.Legend.Measure(text) + 26;
        }
    }

    /// <summary>The standard deviation of the likelihood on the model's scale; <c>null</c> where the loss is none with a scale of its own.</summary>
    private static double? LikelihoodDeviation(TrainingResult result)
    {
        // A deviation that was learned is a metric of the training.
        if (result.Metrics.TryGetValue("sigma", out double learned))
            return learned;
        Component loss = result.Spec.Loss.Reconstruction;
        return loss.Kind switch
        {
            "gaussian" when loss.Arguments.TryGetValue("sigma", out object? sigma) && sigma is double fixedDeviation => fixedDeviation,

            // A Laplace distribution of scale b has the variance 2b².
            "laplace" => Math.Sqrt(2) * loss.Arguments.Float("scale"),
            _ => null,
        };
    }

    private static EvaluationRequest.Windows Request(Component plot) => new(plot.Arguments.Text("split"), plot.Arguments.Int("count"));

    /// <summary>One column of the data in all windows, in the data's own units; the deviation step by step, none where the likelihood has none.</summary>
    private sealed record Row(string Name, double[] Original, double[] Decoded, double[] Deviation, Scale Scale)
    {
        public static Row Of(TrainingResult result, Evaluation evaluation, int feature, double? deviation)
        {
            DataUnits units = result.Units;
            (int steps, int features) = (result.Spec.Data.Shape[0], result.Spec.Data.Shape[1]);
            ValueList<string> columns = units.Columns.Count > 0 ? units.Columns : result.Spec.Data.Columns;
            double[] original = Column(evaluation.Get("original"));
            double[] decoded = Column(evaluation.Get("decoded"));
            double[] band = deviation is not double width ? [] :
                [.. Enumerable.Range(0, steps).Select(step => Math.Abs(width * units.Factors[((step * features) + feature) % units.Factors.Count]))];
            IEnumerable<double> ends = band.Length == 0 ? [] : decoded.SelectMany((value, i) => new[] { value - band[i % steps], value + band[i % steps] });
            return new Row(columns.Count > feature ? columns[feature] : $"column {PlotText.Count(feature + 1)}", original, decoded, band, Scale.Around([.. original, .. decoded, .. ends]));

            double[] Column(NamedArray array)
            {
                float[] raw = units.ToRaw(array.Values);
                return [.. Enumerable.Range(0, raw.Length / features).Select(i => (double)raw[(i * features) + feature])];
            }
        }
    }
}
