using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// The mean KL of each latent dimension as bars, largest first. Active dimensions, those whose μ varies over the data by more than
/// 0.01 (Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519, section 5), have a colour; the others grey.
/// </summary>
internal sealed class KlByDimensionPlot : IPlot
{
    /// <summary>The variance of μ from which a dimension counts as active.</summary>
    public const double ActiveVariance = 0.01;

    private const double Widest = 700;
    private const double Narrowest = 300;
    private const double Slot = 44;
    private const double Height = 300;

    // More bars than this are thinner than a pixel of the picture.
    private const int MostBars = 700;

    public string Kind => "kl-by-dimension";

    public string Caption =>
        "How much the code says about an example, by dimension. A dimension is active where the variance of its μ over the data is above 0.01 (Burda et al. 2016); " +
        "one that is not says the same of every example, and the model would decode as well without it.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        Evaluation statistics = result.Evaluation(Request(plot));
        float[] kl = statistics.Get("kl").Values;
        float[] variance = statistics.Get("variance").Values;
        int count = (int)statistics.Get("count").Values[0];
        int[] order = [.. Enumerable.Range(0, kl.Length).OrderByDescending(dimension => kl[dimension]).Take(MostBars)];
        int active = variance.Count(value => value > ActiveVariance);
        string split = PlotText.Split(plot.Arguments.Text("split"));

        var vertical = new Scale(0, kl.Where(float.IsFinite).DefaultIfEmpty(0).Max() is > 0 and float max ? max * 1.1 : 1);
        double[] ticks = vertical.Ticks(8);
        double left = Heading.Margin + 22 + Axes.WidthOf(ticks) + Axes.TickGap;
        double width = Math.Clamp(order.Length * Slot, Narrowest, Widest);
        (string Name, Paint Paint)[] legend =
        [
            .. active > 0 ? [($"active ({PlotText.Count(active)})", Palette.Blue)] : Array.Empty<(string, Paint)>(),
            .. active < kl.Length ? [($"not active ({PlotText.Count(kl.Length - active)})", Palette.Axis)] : Array.Empty<(string, Paint)>(),
        ];
        double legendWidth = 24 + 20 + legend.Max(entry => TextStyle.Legend.Measure(entry.Name));
        double total = Math.Ceiling(left + width + legendWidth + Heading.Margin);
        string shown = order.Length < kl.Length ? $"; bars: the {PlotText.Count(order.Length)} with the largest KL" : "";
        var heading = new Heading(
            "KL by latent dimension",
            $"{result.Spec.Name}: {PlotText.Count(active)} of {PlotText.Count(kl.Length, "dimension")} active (variance of μ above {PlotText.Fixed(ActiveVariance, 2)}), " +
            $"{PlotText.Nats(kl.Sum(value => (double)value))} nats in all; means over the {PlotText.Count(count, "example")} of the {split}{shown}",
            total);

        double top = Math.Round(heading.Bottom + 12);
        var scene = new Scene(
            total, top + Height + 58, $"KL by latent dimension of {result.Spec.Name}",
            $"Bar chart, largest first: {string.Join(", ", order.Take(20).Select(d => $"{PlotText.Latent(d)} {PlotText.Nats(kl[d])}"))}{(order.Length > 20 ? " …" : "")} nats. {active} of {kl.Length} dimensions are active.");
        scene.Add(heading.Marks);
        var axes = new Axes(new Box(left, top, width, Height), new Scale(0, order.Length), vertical);
        double slot = width / order.Length;

        // Where bars carry their values, lines behind the numbers would only disturb.
        bool valued = order.Max(dimension => TextStyle.Tick.Measure(PlotText.Nats(kl[dimension]))) + 6 <= slot;
        scene.Add(axes.VerticalAxis(ticks).Where(mark => mark is Mark.Label || !valued));
        for (int i = 0; i < order.Length; i++)
            scene.Add(Bar(axes, i, slot, kl[order[i]], variance[order[i]] > ActiveVariance, valued));
        scene.Add(new Mark.Line([new(left, axes.Area.Bottom), new(axes.Area.Right, axes.Area.Bottom)], Palette.Axis, 1) { Round = false });
        scene.Add(Names(axes, order, slot));
        scene.Add(axes.VerticalTitle("KL (nats)", Heading.Margin + 11));
        for (int i = 0; i < legend.Length; i++)
        {
            double middle = top + 8 + (i * 22);
            scene.Add(new Mark.Dots([new(left + width + 30, middle)], 12, legend[i].Paint, Square: true));
            scene.Add(new Mark.Label(legend[i].Name, new(left + width + 44, middle + 4.5), TextStyle.Legend));
        }

        scene.Add(order.Select((dimension, i) => new Mark.Hint(
            axes.Area with { X = left + (i * slot), Width = slot },
            $"{PlotText.Latent(dimension)}\nKL: {PlotText.Nats(kl[dimension])} nats\nvariance of μ: {PlotText.Fixed(variance[dimension], 4)}{(variance[dimension] > ActiveVariance ? "" : ", not active")}")));
        return scene;
    }

    private static IEnumerable<Mark> Bar(Axes axes, int index, double slot, double kl, bool active, bool valued)
    {
        if (!double.IsFinite(kl))
            yield break;
        double width = slot < 4 ? slot : Math.Min(slot * 0.72, 46);
        double middle = axes.Area.X + ((index + 0.5) * slot);

        // Even a KL of 0 shows as a line: the dimension is there.
        double height = Math.Max(axes.Area.Bottom - axes.Y(kl), 1.5);
        yield return new Mark.Area(new Box(middle - (width / 2), axes.Area.Bottom - height, width, height), active ? Palette.Blue : Palette.Axis);
        if (valued)
            yield return new Mark.Label(PlotText.Nats(kl), new(middle, axes.Area.Bottom - height - 6), TextStyle.Tick, Anchor.Middle);
    }

    // Each bar has its dimension's name; where they do not fit, the axis counts places.
    private static IEnumerable<Mark> Names(Axes axes, int[] order, double slot)
    {
        double line = axes.Area.Bottom + Axes.TickGap + 11;
        bool named = order.Max(dimension => TextStyle.Tick.Measure(PlotText.Latent(dimension))) + 5 <= slot;
        if (named)
        {
            for (int i = 0; i < order.Length; i++)
                yield return new Mark.Label(PlotText.Latent(order[i]), new(axes.Area.X + ((i + 0.5) * slot), line), TextStyle.Tick, Anchor.Middle);
        }
        else
        {
            foreach (double place in Ticks.Linear(1, order.Length, 12, smallestStep: 1))
                yield return new Mark.Label(PlotText.Count((long)place), new(axes.Area.X + ((place - 0.5) * slot), line), TextStyle.Tick, Anchor.Middle);
        }

        yield return axes.HorizontalTitle(named ? "latent dimension" : "rank of the latent dimension by KL");
    }

    private static EvaluationRequest.LatentStatistics Request(Component plot) => new(plot.Arguments.Text("split"));
}
