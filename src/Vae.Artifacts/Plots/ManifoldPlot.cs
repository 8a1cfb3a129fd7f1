using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Decoded codes on a grid over the first two latent dimensions, edge to edge, with the codes along the axes. z₂ grows upwards.</summary>
internal sealed class ManifoldPlot : IPlot
{
    private const double Widest = 640;
    private const double BetweenLabels = 46;

    public string Kind => "manifold";

    public string Caption =>
        "What the decoder makes of each part of the prior: every tile stands for the same share of it, so this is also what samples look like and how often.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        EvaluationRequest.Manifold request = Request(plot);
        Evaluation evaluation = result.Evaluation(request);
        NamedArray decoded = evaluation.Get("decoded");
        NamedArray z = evaluation.Get("z");
        int steps = request.Steps;
        int dimensions = z.Shape[1];

        // With one latent dimension all rows are the same.
        int rows = dimensions == 1 ? 1 : steps;
        var sheet = new TileSheet(result.Spec.Data, steps, Widest, gap: 0, decoded);
        double side = sheet.WidthOf(steps);
        double left = Math.Ceiling(Heading.Margin + (dimensions == 1 ? 0 : 22 + TextStyle.Tick.Measure("−0.00") + Axes.TickGap));
        double width = Math.Max(440, Math.Ceiling(left + side + Heading.Margin));
        string low = Percent(request.Low);
        string others = dimensions > 2 ? "; all other dimensions are 0" : "";
        var heading = new Heading(
            dimensions == 1 ? "Decoded codes along the latent line" : "Decoded codes over the latent plane",
            $"{result.Spec.Name}: {(dimensions == 1 ? $"{steps} codes" : $"{steps} × {steps} codes")}, quantiles of N(0, 1) from {low} to {Percent(1 - request.Low)}{LabelText.Described(result, evaluation.Find("labels"))}{others}{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 8);
        double height = Math.Ceiling(top + sheet.HeightOf(rows) + 58);

        var scene = new Scene(width, height, $"Decoded codes of {result.Spec.Name}", $"A grid of {steps} by {rows} decoded codes.");
        scene.Add(heading.Marks);
        scene.Add(sheet.Draw(
            new(left, top), [.. Enumerable.Range(0, rows * steps).Select(i => new Tile(decoded, i))], steps, $"decoded codes, {steps} columns and {rows} rows"));

        double bottom = top + sheet.HeightOf(rows);
        var area = new Axes(new Box(left, top, side, bottom - top), new Scale(0, 1), new Scale(0, 1));
        foreach (int column in Spread(steps, StepOf(sheet.TileWidth + sheet.Gap)))
        {
            double x = left + (column * (sheet.TileWidth + sheet.Gap)) + (sheet.TileWidth / 2);
            scene.Add(new Mark.Line([new(x, bottom + 1), new(x, bottom + 5)], Palette.Axis, 1) { Round = false });
            scene.Add(new Mark.Label(Code(z.Values[column * dimensions]), new(x, bottom + Axes.TickGap + 11), TextStyle.Tick, Anchor.Middle));
        }

        scene.Add(area.HorizontalTitle("z₁"));
        if (dimensions == 1)
            return scene;
        foreach (int row in Spread(rows, StepOf(sheet.TileHeight + sheet.Gap)))
        {
            double y = top + (row * (sheet.TileHeight + sheet.Gap)) + (sheet.TileHeight / 2);
            scene.Add(new Mark.Line([new(left - 5, y), new(left - 1, y)], Palette.Axis, 1) { Round = false });
            scene.Add(new Mark.Label(Code(z.Values[(row * steps * dimensions) + 1]), new(left - Axes.TickGap, y + 4), TextStyle.Tick, Anchor.End));
        }

        scene.Add(area.VerticalTitle("z₂", Heading.Margin + 11));
        return scene;
    }

    private static EvaluationRequest.Manifold Request(Component plot) => new(
        plot.Arguments.Int("grid"), plot.Arguments.Float("low"), plot.Arguments.TryGetValue("label", out object? label) ? (int)label : null);

    private static int StepOf(double tile) => (int)Math.Ceiling(BetweenLabels / tile);

    /// <summary>
    /// Which tiles carry a label: equal steps inwards from both ends, so that the axis is as symmetrical as the codes, and in the
    /// middle only as far as there is room for the text.
    /// </summary>
    internal static IEnumerable<int> Spread(int count, int step)
    {
        int[] lower = [.. Enumerable.Range(0, count).Where(i => i % step == 0 && count - 1 - (2 * i) >= step)];
        int middle = (count - 1) / 2;
        bool room = count % 2 == 1 && middle % step == 0;
        return [.. lower, .. room ? [middle] : Array.Empty<int>(), .. lower.Reverse().Select(i => count - 1 - i)];
    }

    private static string Code(float value) => value.ToString("0.00", CultureInfo.InvariantCulture) switch
    {
        "-0.00" => "0.00",
        string text => text.Replace('-', '−'),
    };

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
