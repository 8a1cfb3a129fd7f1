using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Codes (mu) as points, coloured by label: the plane where there are two latent dimensions, their first two principal components (or the
/// two dimensions of the largest KL) where there are more, and a density for each label where there is one.
/// </summary>
internal sealed class LatentScatterPlot : IPlot
{
    private const double WidestLabel = 84;
    private const double Longest = 640;
    private const double Shortest = 420;
    private const int Bins = 60;

    // Points are drawn in so many rounds over all labels, so that no label covers all others and dense places grow darker.
    private const int Rounds = 8;

    public string Kind => "latent-scatter";

    public string Caption =>
        "Where the encoder puts the examples. Clusters without their labels having been shown to the model are structure that it found; most points should lie within the circles, which hold 39 % and 86 % of the prior.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        Evaluation codes = result.Evaluation(Request(plot));
        NamedArray mu = codes.Get("mu");
        int count = mu.Shape[0];
        int dimensions = mu.Shape[1];
        NamedArray? labels = plot.Arguments.Text("color") == "label" ? codes.Find("labels") : null;
        IReadOnlyList<Class> classes = Classes(labels?.Values, count, result.Units);
        string split = plot.Arguments.Text("split");
        if (dimensions == 1)
            return ComposeDensity(result.Spec, mu, classes, split);

        Plane plane = dimensions == 2 ? Plane.Whole(mu)
            : plot.Arguments.TryGetValue("axes", out object? axes) && axes is "kl" ? Plane.OfLargestKl(mu, codes.Get("logvar"))
            : Plane.OfComponents(mu);
        (double[] x, double[] y) = (plane.X, plane.Y);
        (Scale horizontal, Scale vertical, double width, double height) = Equal(x, y);

        // One step on both axes: the grid's cells are squares.
        double step = Math.Max(Step(horizontal), Step(vertical));
        double[] xTicks = horizontal.Ticks(9, step);
        double[] yTicks = vertical.Ticks(9, step);
        double left = Heading.Margin + 22 + Drawing.Axes.WidthOf(yTicks) + Drawing.Axes.TickGap;
        bool legend = classes.Count > 1;
        double total = Math.Round(left + width + (legend ? LegendWidth(classes) : 0) + Heading.Margin);
        var heading = new Heading(
            $"Latent codes of the {PlotText.Split(split)}",
            $"{result.Spec.Name}: μ of {PlotText.Count(count)} examples{plane.Note}; the circles are 1σ and 2σ of the prior N(0, 1)",
            total);

        double top = Math.Round(heading.Bottom + 10);
        var scene = new Scene(
            total, top + height + 58, $"Latent codes of {result.Spec.Name}",
            $"Scatter plot of the posterior means of {PlotText.Count(count)} examples of the {PlotText.Split(split)}{(legend ? $", coloured by {classes.Count} labels" : "")}.");
        scene.Add(heading.Marks);
        var area = new Axes(new Box(left, top, width, height), horizontal, vertical);
        scene.Add(area.HorizontalAxis(xTicks, grid: true));
        scene.Add(area.VerticalAxis(yTicks));

        var inside = new List<Mark>();
        foreach (Class members in Rounded(classes))
        {
            Point[] points = [.. members.Indices.Select(i => area.Place(x[i], y[i])).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))];
            if (points.Length > 0)
                inside.Add(new Mark.Dots(points, DotSize(count), members.Paint, Opacity(count), members.Square));
        }

        foreach (double radius in (double[])[1, 2])
        {
            Point[] circle = [.. Enumerable.Range(0, 97).Select(i => area.Place(radius * Math.Cos(i * Math.PI / 48), radius * Math.Sin(i * Math.PI / 48)))];
            inside.Add(new Mark.Line(circle, Palette.Paper, 3) { Opacity = 0.6 });
            inside.Add(new Mark.Line(circle, Palette.Ink, 1.2) { Dash = radius == 1 ? null : (5, 4), Opacity = 0.75 });
        }

        scene.Add(new Mark.Clip(area.Area, inside));
        scene.Add(area.HorizontalTitle(plane.Horizontal));
        scene.Add(area.VerticalTitle(plane.Vertical, Heading.Margin + 11));
        if (legend)
            scene.Add(Legend(classes, left + width + 24, top));
        return scene;
    }

    private static Scene ComposeDensity(Spec spec, NamedArray mu, IReadOnlyList<Class> classes, string split)
    {
        double[] z = Column(mu, 0);
        Scale horizontal = Scale.Around([.. z, -3, 3]);
        double step = (horizontal.High - horizontal.Low) / Bins;
        double[] centres = [.. Enumerable.Range(0, Bins).Select(i => horizontal.Low + ((i + 0.5) * step))];
        double[][] densities = [.. classes.Select(members => Density(members.Indices.Select(i => z[i]), horizontal.Low, step))];
        double[] prior = [.. centres.Select(value => Math.Exp(-value * value / 2) / Math.Sqrt(2 * Math.PI))];
        var vertical = new Scale(0, Math.Max(prior.Max(), densities.SelectMany(d => d).DefaultIfEmpty(0).Max()) * 1.06);
        double[] yTicks = vertical.Ticks(8);
        double left = Heading.Margin + 22 + Drawing.Axes.WidthOf(yTicks) + Drawing.Axes.TickGap;
        bool legend = classes.Count > 1;
        double total = Math.Round(left + Longest + (legend ? LegendWidth(classes) : 0) + Heading.Margin);
        var heading = new Heading(
            $"Latent codes of the {PlotText.Split(split)}",
            $"{spec.Name}: density of μ of {PlotText.Count(z.Length)} examples{(legend ? ", for each label" : "")}; dashed: the prior N(0, 1)",
            total);
        double top = Math.Round(heading.Bottom + 10);
        var scene = new Scene(total, top + 360 + 58, $"Latent codes of {spec.Name}", $"Density of the posterior means of {PlotText.Count(z.Length)} examples of the {PlotText.Split(split)}.");
        scene.Add(heading.Marks);
        var axes = new Axes(new Box(left, top, Longest, 360), horizontal, vertical);
        scene.Add(axes.VerticalAxis(yTicks));
        scene.Add(axes.HorizontalAxis(horizontal.Ticks(9)));
        for (int i = 0; i < classes.Count; i++)
            scene.Add(axes.Series(centres, densities[i], classes[i].Paint));
        scene.Add(axes.Series(centres, prior, Palette.Muted, (6, 5)));
        scene.Add(axes.HorizontalTitle("z₁"));
        scene.Add(axes.VerticalTitle("density", Heading.Margin + 11));
        if (legend)
            scene.Add(Legend(classes, left + Longest + 24, top));
        return scene;
    }

    private static EvaluationRequest.Codes Request(Component plot) => new(plot.Arguments.Text("split"), plot.Arguments.Int("limit"));

    // More labels than colours: the second ten are squares; more than that cannot be told apart and get one colour.
    private static IReadOnlyList<Class> Classes(float[]? labels, int count, DataUnits units)
    {
        float[] values = labels is null ? [] : [.. labels.Distinct().Order()];
        int colours = Palette.Categories.Count;
        if (labels is null || values.Length > 2 * colours)
            return [new Class("", Palette.Blue, Square: false, [.. Enumerable.Range(0, count)])];
        ILookup<float, int> members = Enumerable.Range(0, count).ToLookup(i => labels[i]);
        return [.. values.Select((value, i) => new Class(
            units.NameOf((int)value), Palette.Categories[i % colours], i >= colours, [.. members[value]]))];
    }

    private static IEnumerable<Class> Rounded(IReadOnlyList<Class> classes) => Enumerable.Range(0, Rounds).SelectMany(round =>
        classes.Select(members => members with { Indices = [.. members.Indices.Where((_, position) => position % Rounds == round)] }));

    // One unit is as long on both axes: the shape of the area follows the data, within limits, and what is left over becomes margin.
    private static (Scale Horizontal, Scale Vertical, double Width, double Height) Equal(double[] x, double[] y)
    {
        (double lowX, double highX) = Extent(x);
        (double lowY, double highY) = Extent(y);
        double unit = Longest / Math.Max(highX - lowX, highY - lowY);
        double width = Math.Round(Math.Max(Shortest, (highX - lowX) * unit));
        double height = Math.Round(Math.Max(Shortest, (highY - lowY) * unit));
        return (Centred(lowX, highX, width / unit), Centred(lowY, highY, height / unit), width, height);

        static Scale Centred(double low, double high, double length) => new(((low + high) / 2) - (length / 2), ((low + high) / 2) + (length / 2));
    }

    private static (double Low, double High) Extent(double[] values)
    {
        Scale scale = Scale.Around([.. values, -2.1, 2.1]);
        return (scale.Low, scale.High);
    }

    private static IEnumerable<Mark> Legend(IReadOnlyList<Class> classes, double x, double y)
    {
        yield return new Mark.Label("label", new(x, y + 10), TextStyle.LegendTitle);
        for (int i = 0; i < classes.Count; i++)
        {
            double middle = y + 30 + (i * 22);
            yield return new Mark.Dots([new(x + 6, middle)], 12, classes[i].Paint, Square: classes[i].Square);
            yield return new Mark.Label(TextStyle.Legend.Fit(classes[i].Name, WidestLabel), new(x + 20, middle + 4.5), TextStyle.Legend);
        }
    }

    private static double LegendWidth(IReadOnlyList<Class> classes) => 24 + Math.Max(
        TextStyle.LegendTitle.Measure("label"), 20 + Math.Min(WidestLabel, classes.Max(members => TextStyle.Legend.Measure(members.Name))));

    private static double Step(Scale scale)
    {
        double[] ticks = scale.Ticks(9);
        return ticks[1] - ticks[0];
    }

    private static double[] Density(IEnumerable<double> values, double low, double step)
    {
        double[] bins = new double[Bins];
        double[] all = [.. values.Where(double.IsFinite)];
        foreach (double value in all)
            bins[Math.Clamp((int)((value - low) / step), 0, Bins - 1)] += 1 / (all.Length * step);
        return bins;
    }

    private static double[] Column(NamedArray array, int column)
    {
        int columns = array.Shape[1];
        return [.. Enumerable.Range(0, array.Shape[0]).Select(row => (double)array.Values[(row * columns) + column])];
    }

    private static double DotSize(int count) => count switch { <= 500 => 6.5, <= 2000 => 5, <= 5000 => 4, _ => 3.2 };

    private static double Opacity(int count) => count switch { <= 500 => 0.9, <= 2000 => 0.8, _ => 0.7 };

    private sealed record Class(string Name, Paint Paint, bool Square, int[] Indices);

    /// <summary>The plane that shows: where each example lies, and what the axes are.</summary>
    private sealed record Plane(double[] X, double[] Y, string Horizontal, string Vertical, string Note)
    {
        public static Plane Whole(NamedArray mu) => new(Column(mu, 0), Column(mu, 1), PlotText.Latent(0), PlotText.Latent(1), "");

        public static Plane OfComponents(NamedArray mu)
        {
            var components = new PrincipalComponents(mu.Values, mu.Shape[1]);
            string[] titles = [.. components.Shares.Select((share, i) => $"principal component {PlotText.Count(i + 1)} ({PlotText.Fixed(share * 100, 0)} % of the variance)")];
            return new(
                components.Project(mu.Values, 0), components.Project(mu.Values, 1), titles[0], titles[1],
                $" along the first two principal components of {PlotText.Count(mu.Shape[1])} dimensions");
        }

        // The KL of a dimension is its mean over the examples of ½ (σ² + μ² − 1 − log σ²): Kingma and Welling 2013, arXiv:1312.6114, appendix B.
        public static Plane OfLargestKl(NamedArray mu, NamedArray logVariance)
        {
            int dimensions = mu.Shape[1];
            double[] kl = new double[dimensions];
            for (int i = 0; i < mu.Values.Length; i++)
                kl[i % dimensions] += 0.5 * (Math.Exp(logVariance.Values[i]) + (mu.Values[i] * mu.Values[i]) - 1 - logVariance.Values[i]) / mu.Shape[0];
            int[] largest = [.. Enumerable.Range(0, dimensions).OrderByDescending(dimension => kl[dimension]).Take(2)];
            return new(
                Column(mu, largest[0]), Column(mu, largest[1]), Title(largest[0]), Title(largest[1]),
                $" (the two of {PlotText.Count(dimensions)} dimensions with the largest KL)");

            string Title(int dimension) => string.Create(CultureInfo.InvariantCulture, $"{PlotText.Latent(dimension)} (KL {kl[dimension]:0.00} nats)");
        }
    }
}
