using System.Globalization;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Quantities by epoch, or by what else they depend on, as panels above one another with one horizontal axis, each panel with a unit of its own.
/// Two units on one panel would suggest crossings that mean nothing.
/// </summary>
internal static class CurvePanels
{
    private const double Width = 880;
    private const double LegendWidth = 172;
    private const double PanelGap = 30;

    // More places than this are narrower than a pointer is steady.
    private const int MostHints = 300;

    private const double BandOpacity = 0.18;

    private static readonly (double On, double Off) Dashes = (6, 5);

    /// <summary>Draws the panels by epoch.</summary>
    public static Scene Compose(string heading, string explanation, string name, string description, double[] epochs, IReadOnlyList<Panel> panels)
    {
        double[] all = [.. epochs, .. panels.SelectMany(panel => panel.Series).SelectMany(series => series.Epochs ?? [])];
        Scale scale = all.Distinct().Skip(1).Any() ? new Scale(all.Min(), all.Max()) : new Scale(all.FirstOrDefault(1) - 0.5, all.FirstOrDefault(1) + 0.5);
        return Compose(heading, explanation, name, description, new Abscissa("epoch", epochs, scale) { IsWhole = true }, panels);
    }

    /// <summary>Draws the panels.</summary>
    /// <param name="heading">The title.</param>
    /// <param name="explanation">What stands under it.</param>
    /// <param name="name">The spec's name.</param>
    /// <param name="description">The numbers in words.</param>
    /// <param name="along">What the quantities depend on.</param>
    /// <param name="panels">From the top.</param>
    public static Scene Compose(string heading, string explanation, string name, string description, Abscissa along, IReadOnlyList<Panel> panels)
    {
        var head = new Heading(heading, explanation, Width);
        Scale[] verticals = [.. panels.Select(panel => Scale.Around(panel.Series.SelectMany(series => series.Values.Concat(series.Upper ?? [])), allowLogarithm: panel.MayBeLogarithmic))];
        double[][] ticks = [.. verticals.Select((vertical, i) => vertical.Ticks(Math.Max(5, (int)(panels[i].Height / 38))))];
        double left = Heading.Margin + 22 + ticks.Select((values, i) => Axes.WidthOf(values, verticals[i].Logarithmic)).Max() + Axes.TickGap;
        double right = Width - Heading.Margin - LegendWidth;
        double height = head.Bottom + 14 + panels.Sum(panel => panel.Height) + ((panels.Count - 1) * PanelGap) + 58;

        var scene = new Scene(Width, height, $"{heading} of {name}", description);
        scene.Add(head.Marks);
        double top = Math.Round(head.Bottom + 14);
        double[] horizontalTicks = along.Ticks ?? along.Scale.Ticks(Math.Max(5, (int)((right - left) / 70)), along.IsWhole ? 1 : 0);
        Box whole = new(left, top, right - left, panels.Sum(panel => panel.Height) + ((panels.Count - 1) * PanelGap));
        for (int i = 0; i < panels.Count; i++)
        {
            var axes = new Axes(new Box(left, top, right - left, panels[i].Height), along.Scale, verticals[i]);
            bool last = i == panels.Count - 1;
            scene.Add(axes.VerticalAxis(ticks[i]));
            scene.Add(axes.HorizontalAxis(horizontalTicks, labelled: last));
            scene.Add(axes.VerticalTitle(panels[i].Title + (verticals[i].Logarithmic ? ", log scale" : ""), Heading.Margin + 11));
            foreach (Series series in panels[i].Series.OrderByDescending(series => series.IsBehind))
                scene.Add(Draw(series, series.Epochs ?? along.Values, axes));

            scene.Add(Legend(panels[i], right + 22, top));
            if (last)
                scene.Add(axes.HorizontalTitle(along.Title + (along.Scale.Logarithmic ? ", log scale" : "")));
            top += panels[i].Height + PanelGap;
        }

        scene.Add(Hints(along, panels, new Axes(whole, along.Scale, new Scale(0, 1))));
        return scene;
    }

    private static IEnumerable<Mark> Draw(Series series, double[] epochs, Axes axes)
    {
        if (series.Upper is { } upper)
        {
            int[] finite = [.. Enumerable.Range(0, upper.Count).Where(i => double.IsFinite(upper[i]) && double.IsFinite(series.Values[i]))];
            if (finite.Length > 0)
                yield return new Mark.Area([.. finite.Select(i => axes.Place(epochs[i], upper[i])), .. finite.Reverse().Select(i => axes.Place(epochs[i], series.Values[i]))], series.Paint, BandOpacity);
            foreach (Mark mark in axes.Series(epochs, series.Values, series.Paint).Concat(axes.Series(epochs, upper, series.Paint)))
                yield return mark is Mark.Line line ? line with { Width = 1.4 } : mark;
            yield break;
        }

        foreach (Mark mark in axes.Series(epochs, series.Values, series.Paint, series.IsDashed ? Dashes : null))
            yield return series.IsStepped && mark is Mark.Line line ? line with { Points = Stepped(line.Points), Round = false } : mark;
    }

    // A value holds from its own epoch to the next.
    private static Point[] Stepped(IReadOnlyList<Point> points) =>
        [.. points.SelectMany((point, i) => i + 1 < points.Count ? new[] { point, new Point(points[i + 1].X, point.Y) } : [point])];

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
                if (series.Upper is not null)
                    yield return new Mark.Area(new Box(x, y - 10, 26, 12), series.Paint, BandOpacity);
                else
                    yield return new Mark.Line([new(x, y - 4), new(x + 26, y - 4)], series.Paint, 2) { Dash = series.IsDashed ? Dashes : null };
                if (series.Note is { } note)
                {
                    yield return new Mark.Label(TextStyle.Tick.Fit(note, LegendWidth - 22 - 34), new(x + 34, y), TextStyle.Tick);
                    continue;
                }

                string value = series.Values.Count == 0 ? "" : series.Upper is { } upper ? $"{PlotText.Number(series.Values[^1])} to {PlotText.Number(upper[^1])}" : PlotText.Number(series.Values[^1]);
                string what = series.Label ?? (series.IsDashed ? "validation" : panel.Series.Any(s => s.IsDashed) ? "training" : "at the end");
                yield return new Mark.Label(TextStyle.Tick.Fit($"{what} {value}".TrimStart(), LegendWidth - 22 - 34), new(x + 34, y), TextStyle.Tick);
            }

            y += 26;
        }
    }

    // Over each place lies a strip that tells its values.
    private static IEnumerable<Mark> Hints(Abscissa along, IReadOnlyList<Panel> panels, Axes axes)
    {
        double[] epochs = along.Values;
        int every = Math.Max(1, (epochs.Length + MostHints - 1) / MostHints);
        for (int i = 0; i < epochs.Length; i += every)
        {
            double low = Edge(i - every), high = Edge(i + every);
            string values = string.Concat(panels.SelectMany(panel => panel.Series)
                .Where(series => !series.IsBehind && i < series.Values.Count)
                .Select(series => $"\n{series.Name}{(series.IsDashed ? ", validation" : "")}: {PlotText.Number(series.Values[i])}{(series.Upper is { } upper ? " to " + PlotText.Number(upper[i]) : "")}"));
            yield return new Mark.Hint(
                axes.Area with { X = low, Width = Math.Max(high - low, 1) },
                $"{along.Title} {epochs[i].ToString(CultureInfo.InvariantCulture)}{values}");

            // Halfway to the neighbour, and not beyond the panels.
            double Edge(int neighbour) => Math.Clamp(
                (axes.X(epochs[i]) + (neighbour >= 0 && neighbour < epochs.Length ? axes.X(epochs[neighbour]) : neighbour < 0 ? axes.Area.X : axes.Area.Right)) / 2,
                axes.Area.X,
                axes.Area.Right);
        }
    }

    /// <summary>What all panels depend on.</summary>
    /// <param name="Title">The axis' title, which names a place too: <c>epoch</c>.</param>
    /// <param name="Values">Ascending, as many as every series has values.</param>
    public sealed record Abscissa(string Title, double[] Values, Scale Scale)
    {
        /// <summary>Whether there is nothing between whole numbers.</summary>
        public bool IsWhole { get; init; }

        /// <summary>Where the axis has ticks; <c>null</c> for round numbers.</summary>
        public double[]? Ticks { get; init; }
    }

    /// <summary>Quantities of one unit.</summary>
    /// <param name="Title">The axis' title.</param>
    /// <param name="Height">In CSS pixels, without what is between panels.</param>
    /// <param name="Series">The quantities; those of one name share an entry of the legend.</param>
    public sealed record Panel(string Title, double Height, IReadOnlyList<Series> Series)
    {
        public bool MayBeLogarithmic { get; init; } = true;
    }

    /// <summary>One line.</summary>
    /// <param name="Name">What it shows.</param>
    /// <param name="Values">An entry an epoch.</param>
    public sealed record Series(string Name, IReadOnlyList<double> Values, Paint Paint)
    {
        /// <summary>Whether it is of the validation set.</summary>
        public bool IsDashed { get; init; }

        /// <summary>Whether a value holds until the next epoch.</summary>
        public bool IsStepped { get; init; }

        /// <summary>Whether it is of another training, to compare with.</summary>
        public bool IsBehind { get; init; }

        /// <summary>The upper ends of a range whose lower ends are <see cref="Values"/>; <c>null</c> for a line.</summary>
        public IReadOnlyList<double>? Upper { get; init; }

        /// <summary>Its epochs where they are not those of the picture.</summary>
        public double[]? Epochs { get; init; }

        /// <summary>What its entry in the legend says; <c>null</c> for its last value.</summary>
        public string? Note { get; init; }

        /// <summary>What its entry in the legend says before the last value; <c>null</c> for the usual.</summary>
        public string? Label { get; init; }
    }
}
