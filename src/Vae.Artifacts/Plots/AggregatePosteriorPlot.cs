using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// The aggregate posterior against the prior, which draws are made from: where the two differ, draws decode to what the decoder never
/// saw. Two latent dimensions make a plane, with the regions that hold given shares of either; otherwise each dimension is a panel.
/// </summary>
internal sealed class AggregatePosteriorPlot : IPlot
{
    private const string Title = "Aggregate posterior and prior";
    private const double RegionOpacity = 0.22;
    private const int PlaneBins = 120;
    private const double PlaneSide = 520;
    private const double PanelGap = 28;

    // The least that an axis shows, in standard deviations of the prior.
    private const double Least = 3.5;

    private static readonly double[] RegionShares = [0.95, 0.75, 0.5, 0.25];

    private static readonly (double On, double Off) PriorDash = (5, 4);

    public string Kind => "aggregate-posterior";

    public string Caption =>
        "The posteriors of all examples together, q(z), against the prior N(0, 1) that samples are drawn from. Where q(z) has holes or lies elsewhere, samples decode to what the decoder " +
        "was never trained on. The number compares means and variances only: it can be 0 where the shapes differ.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        Evaluation codes = result.Evaluation(Request(plot));
        NamedArray mu = codes.Get("mu");
        var posterior = new AggregatePosterior(mu, codes.Get("logvar"));
        return mu.Shape[1] == 2 ? ComposePlane(plot, result.Spec, posterior, mu.Shape[0]) : ComposePanels(plot, result.Spec, posterior, mu.Shape[0]);
    }

    private static Scene ComposePlane(Component plot, Spec spec, AggregatePosterior posterior, int count)
    {
        double half = HalfWidth(posterior, [0, 1]);
        var scale = new Scale(-half, half);
        double[] ticks = scale.Ticks(9);
        double left = Heading.Margin + 22 + Axes.WidthOf(ticks) + Axes.TickGap;
        string[] shares = [.. RegionShares.Select(share => $"{PlotText.Fixed(share * 100, 0)} %")];
        const string legendTitle = "share of q(z)", prior = "same shares", ofPrior = "of N(0, 1)";
        double legendWidth = 24 + Math.Max(TextStyle.LegendTitle.Measure(legendTitle), 34 + TextStyle.Legend.Measure(prior));
        double total = Math.Ceiling(left + PlaneSide + legendWidth + Heading.Margin);
        var heading = new Heading(Title, Explanation(plot, spec, posterior, count, [0, 1], ""), total);
        double top = Math.Round(heading.Bottom + 10);
        var scene = new Scene(total, top + PlaneSide + 58, $"Aggregate posterior of {spec.Name}", Describe(posterior, [0, 1]));
        scene.Add(heading.Marks);
        var axes = new Axes(new Box(left, top, PlaneSide, PlaneSide), scale, scale);
        scene.Add(axes.HorizontalAxis(ticks, grid: true));
        scene.Add(axes.VerticalAxis(ticks));

        double[,] plane = posterior.Plane(-half, half, PlaneBins);
        double cell = 2 * half / PlaneBins;
        var inside = new List<Mark>();
        foreach (double share in RegionShares)
        {
            Point[][] outlines = [.. Contours.Above(plane, Level(plane, share)).Select(outline =>
                outline.Select(p => axes.Place(((p.X + 0.5) * cell) - half, ((p.Y + 0.5) * cell) - half)).ToArray())];
            inside.Add(new Mark.Region(outlines, Palette.Blue, RegionOpacity));
            inside.AddRange(outlines.Select(outline => new Mark.Line([.. outline, outline[0]], Palette.Blue, 1) { Opacity = 0.8 }));
        }

        foreach (double share in RegionShares)
        {
            // The square of the distance from 0 is exponential with mean 2.
            double radius = Math.Sqrt(-2 * Math.Log(1 - share));
            inside.Add(new Mark.Line([.. Enumerable.Range(0, 97).Select(i => axes.Place(radius * Math.Cos(i * Math.PI / 48), radius * Math.Sin(i * Math.PI / 48)))], Palette.Ink, 1.2) { Dash = PriorDash, Opacity = 0.75 });
        }

        scene.Add(new Mark.Clip(axes.Area, inside));
        scene.Add(axes.HorizontalTitle(PlotText.Latent(0)));
        scene.Add(axes.VerticalTitle(PlotText.Latent(1), Heading.Margin + 11));
        double x = left + PlaneSide + 24;
        scene.Add(new Mark.Label(legendTitle, new(x, top + 10), TextStyle.LegendTitle));
        for (int i = 0; i < shares.Length; i++)
        {
            double middle = top + 30 + (i * 22);

            // Regions lie on one another, so an inner one shows all the layers up to it.
            for (int layer = 0; layer <= i; layer++)
                scene.Add(new Mark.Area(new Box(x, middle - 7, 26, 14), Palette.Blue, RegionOpacity));
            scene.Add(new Mark.Label(shares[i], new(x + 34, middle + 4.5), TextStyle.Legend));
        }

        double line = top + 30 + (shares.Length * 22) + 8;
        scene.Add(new Mark.Line([new(x, line), new(x + 26, line)], Palette.Ink, 1.2) { Dash = PriorDash, Opacity = 0.75 });
        scene.Add(new Mark.Label(prior, new(x + 34, line + 4.5), TextStyle.Legend));
        scene.Add(new Mark.Label(ofPrior, new(x + 34, line + 4.5 + 18), TextStyle.Legend));
        return scene;
    }

    private static Scene ComposePanels(Component plot, Spec spec, AggregatePosterior posterior, int count)
    {
        int dimensions = posterior.Kl.Length;
        int[] shown = [.. Enumerable.Range(0, dimensions).OrderByDescending(dimension => posterior.Kl[dimension]).Take(plot.Arguments.Int("dimensions"))];
        int columns = shown.Length switch { 1 => 1, <= 4 => 2, <= 9 => 3, _ => 4 };
        int rows = (shown.Length + columns - 1) / columns;
        (double width, double height) = columns switch { 1 => (560.0, 280.0), 2 => (330.0, 170.0), 3 => (230.0, 130.0), _ => (184.0, 104.0) };
        double half = HalfWidth(posterior, shown);

        // Few examples make a jagged curve in narrow bins.
        int bins = count < 2000 ? 60 : 100;
        var horizontal = new Scale(-half, half);
        double[] ticks = horizontal.Ticks(columns <= 2 ? 9 : 5);
        double left = Heading.Margin;
        double total = Math.Ceiling(left + (columns * (width + PanelGap)) - PanelGap + Heading.Margin);
        string which = shown.Length < dimensions ? $"; the {PlotText.Count(shown.Length)} of {PlotText.Count(dimensions)} dimensions with the largest KL" : "";
        var heading = new Heading(Title, Explanation(plot, spec, posterior, count, shown, which), total);

        double legend = Math.Round(heading.Bottom + 12);
        double top = legend + 20;
        double step = 22 + height + 30;
        var scene = new Scene(total, Math.Ceiling(top + (rows * step) + 12), $"Aggregate posterior of {spec.Name}", Describe(posterior, shown));
        scene.Add(heading.Marks);
        scene.Add(Legend(left, legend));
        for (int i = 0; i < shown.Length; i++)
        {
            var box = new Box(left + (i % columns * (width + PanelGap)), top + 22 + (i / columns * step), width, height);
            double[] density = posterior.Density(shown[i], -half, half, bins);
            double highest = Math.Max(NormalDistribution.Density(0), density.Max());
            var axes = new Axes(box, horizontal, new Scale(0, highest * 1.06));
            double[] centres = [.. Enumerable.Range(0, bins).Select(bin => -half + ((bin + 0.5) * 2 * half / bins))];
            Point[] curve = [.. centres.Zip(density, axes.Place)];
            scene.Add(new Mark.Area([new(curve[0].X, box.Bottom), .. curve, new(curve[^1].X, box.Bottom)], Palette.Blue, 0.25));
            scene.Add(new Mark.Line(curve, Palette.Blue, 1.6));
            scene.Add(new Mark.Line([.. centres.Select(z => axes.Place(z, NormalDistribution.Density(z)))], Palette.Ink, 1.3) { Dash = PriorDash });
            scene.Add(axes.HorizontalAxis(ticks));
            scene.Add(new Mark.Label(PlotText.Latent(shown[i]), new(box.X, box.Y - 8), TextStyle.Legend));
            if (dimensions > 1)
                scene.Add(new Mark.Label($"{PlotText.Nats(posterior.MomentKl(shown[i]))} nats", new(box.Right, box.Y - 8), TextStyle.Tick, Anchor.End));
        }

        return scene;
    }

    private static IEnumerable<Mark> Legend(double x, double y)
    {
        const string posterior = "q(z), all examples together", prior = "prior N(0, 1)";
        yield return new Mark.Area(new Box(x, y - 7, 26, 14), Palette.Blue, 0.25);
        yield return new Mark.Line([new(x, y - 7), new(x + 26, y - 7)], Palette.Blue, 1.6) { Round = false };
        yield return new Mark.Label(posterior, new(x + 34, y + 4.5), TextStyle.Legend);
        double next = x + 34 + TextStyle.Legend.Measure(posterior) + 28;
        yield return new Mark.Line([new(next, y), new(next + 26, y)], Palette.Ink, 1.3) { Dash = PriorDash };
        yield return new Mark.Label(prior, new(next + 34, y + 4.5), TextStyle.Legend);
    }

    private static string Explanation(Component plot, Spec spec, AggregatePosterior posterior, int count, int[] shown, string which)
    {
        int all = posterior.Kl.Length;
        string total = PlotText.Nats(Total(posterior));
        string number = all switch
        {
            1 => $"a normal with its mean and variance has a KL of {total} nats from the prior",
            2 => $"a normal with its means and variances has a KL of {total} nats from the prior",
            _ => $"the numbers are the KL of a normal with the same mean and variance from the prior, {(all == shown.Length ? "together" : "over all dimensions")} {total} nats",
        };
        return $"{spec.Name}: {PlotText.Count(count, "example")} of the {PlotText.Split(plot.Arguments.Text("split"))}; {number}{which}";
    }

    private static string Describe(AggregatePosterior posterior, int[] shown) => "Mean and standard deviation of " + string.Join(", ", shown.Select(dimension =>
        $"{PlotText.Latent(dimension)}: {PlotText.Fixed(posterior.Mean[dimension], 2)}, {PlotText.Fixed(Math.Sqrt(posterior.Variance[dimension]), 2)}")) + "; the prior's are 0 and 1.";

    private static double Total(AggregatePosterior posterior) => Enumerable.Range(0, posterior.Kl.Length).Sum(posterior.MomentKl);

    // The axis is as symmetrical as the prior. Three deviations hold nearly all of a distribution of any shape.
    private static double HalfWidth(AggregatePosterior posterior, int[] dimensions) => dimensions
        .Select(dimension => Math.Abs(posterior.Mean[dimension]) + (3 * Math.Sqrt(posterior.Variance[dimension])))
        .Where(double.IsFinite)
        .Append(Least)
        .Max();

    // The density above which lies the given share: squares are taken from the densest on.
    private static double Level(double[,] plane, double share)
    {
        double sum = 0;
        double wanted = share * plane.Cast<double>().Sum();
        foreach (double value in plane.Cast<double>().OrderDescending())
        {
            sum += value;
            if (sum >= wanted)
                return value;
        }

        return 0;
    }

    private static EvaluationRequest.Codes Request(Component plot) => new(plot.Arguments.Text("split"), plot.Arguments.Int("limit"));
}
