using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Decoded codes on the way from one example to another, a pair a row, between the two examples themselves.</summary>
internal sealed class InterpolationsPlot : IPlot
{
    private const double Widest = 760;
    private const double BetweenRows = 8;
    private const double BesideOriginals = 14;

    public string Kind => "interpolations";

    public string Caption =>
        "On the straight line between the codes of two examples: a smooth way of sensible pictures shows that the code orders the data, a jump or a blur in the middle that the way leads through empty parts of it. " +
        "The examples themselves stand at both ends.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        EvaluationRequest.Interpolations request = Request(plot);
        Evaluation evaluation = result.Evaluation(request);
        NamedArray original = evaluation.Get("original");
        NamedArray decoded = evaluation.Get("decoded");
        int pairs = original.Shape[0] / 2;
        int steps = request.Steps;
        var sheet = new TileSheet(result.Spec.Data, steps + 2, Widest, gap: 1, original, decoded);
        double side = sheet.WidthOf(steps);
        double between = Math.Max(BesideOriginals, sheet.Gap);

        // The titles above the tiles may be wider than tiles are.
        double edge = Math.Max(sheet.TileWidth, TextStyle.Tick.Measure("example"));
        double first = Heading.Margin + ((edge - sheet.TileWidth) / 2);
        double middle = Heading.Margin + edge + between;
        double last = middle + side + between + ((edge - sheet.TileWidth) / 2);
        double width = Math.Max(440, Math.Ceiling(middle + side + between + edge + Heading.Margin));
        var heading = new Heading(
            "Interpolations",
            $"{result.Spec.Name}: {PlotText.Count(pairs, "pair")} of examples of the {PlotText.Split(request.Split)}, {steps} codes from the μ of the left one to the μ of the right one{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 24);
        double step = sheet.TileHeight + Math.Max(BetweenRows, sheet.Gap);
        var scene = new Scene(
            width, Math.Ceiling(top + (pairs * step) - BetweenRows + Heading.Margin), $"Interpolations of {result.Spec.Name}",
            $"{pairs} rows: an example, {steps} decoded codes on the line to another example, and that example.");
        scene.Add(heading.Marks);
        scene.Add(new Mark.Label("example", new(Math.Round(first + (sheet.TileWidth / 2)), top - 9), TextStyle.Tick, Anchor.Middle));
        scene.Add(new Mark.Label("decoded", new(Math.Round(middle + (side / 2)), top - 9), TextStyle.Tick, Anchor.Middle));
        scene.Add(new Mark.Label("example", new(Math.Round(last + (sheet.TileWidth / 2)), top - 9), TextStyle.Tick, Anchor.Middle));
        for (int pair = 0; pair < pairs; pair++)
        {
            double y = top + (pair * step);
            scene.Add(sheet.Draw(new(first, y), [new Tile(original, 2 * pair)], 1, $"pair {pair + 1}: the example at the left"));
            scene.Add(sheet.Draw(new(middle, y), [.. Enumerable.Range(pair * steps, steps).Select(i => new Tile(decoded, i))], steps, $"pair {pair + 1}: {steps} decoded codes"));
            scene.Add(sheet.Draw(new(last, y), [new Tile(original, (2 * pair) + 1)], 1, $"pair {pair + 1}: the example at the right"));
        }

        return scene;
    }

    private static EvaluationRequest.Interpolations Request(Component plot) =>
        new(plot.Arguments.Text("split"), plot.Arguments.Int("count"), plot.Arguments.Int("steps"));
}
