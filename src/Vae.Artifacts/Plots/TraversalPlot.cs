using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Decoded codes along one latent dimension a row, all others fixed; the dimension with the largest KL is at the top.</summary>
internal sealed class TraversalPlot : IPlot
{
    private const double Widest = 720;
    private const double RoomForTriangles = 14;
    private const double BetweenRows = 6;
    private const double BetweenLabels = 46;

    public string Kind => "traversal";

    public string Caption =>
        "What each latent dimension changes: along a row only one coordinate moves, the others stay where they are. Rows are ordered by KL, so the dimensions that say most are at the top; " +
        "a row in which nothing changes belongs to a dimension that the decoder does not use.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        EvaluationRequest.Traversal request = Request(plot);
        Evaluation evaluation = result.Evaluation(request);
        NamedArray decoded = evaluation.Get("decoded");
        int[] dimensions = Array.ConvertAll(evaluation.Get("dimensions").Values, value => (int)value);
        string[] names = [.. dimensions.Zip(evaluation.Get("kl").Values, (dimension, kl) => $"{PlotText.Latent(dimension)} ({PlotText.Nats(kl)})")];
        float[] start = evaluation.Get("start").Values;
        int steps = request.Steps;
        var sheet = new TileSheet(result.Spec.Data, steps, Widest, gap: 1, decoded);

        const string NamesTitle = "KL, nats";
        double left = Math.Ceiling(Heading.Margin + names.Append(NamesTitle).Max(TextStyle.Tick.Measure) + 12);
        double side = sheet.WidthOf(steps);
        double width = Math.Max(440, Math.Ceiling(left + side + Heading.Margin));
        int latent = result.Spec.Latent.Dim;
        string which = dimensions.Length < latent
            ? $"the {PlotText.Count(dimensions.Length)} of {PlotText.Count(latent)} dimensions with the largest KL"
            : PlotText.Count(latent, "dimension");
        string example = $"example {PlotText.Count((request.Example ?? 0) + 1)} of the {PlotText.Split(request.Split)}";
        string fixedAt = (request.Example is null, latent == 1) switch
        {
            (true, true) => "",
            (true, false) => "; the other dimensions stay at 0",
            (false, true) => $"; the triangle shows the μ of {example}",
            (false, false) => $"; the other dimensions stay at the μ of {example}, whose own value the triangles show",
        };
        var heading = new Heading(
            "Latent traversal",
            $"{result.Spec.Name}: {which}, {steps} codes{(latent == 1 ? "" : " each")}{LabelText.Described(result, evaluation.Find("labels"))}{fixedAt}{sheet.Note}",
            width);

        // A line of text above the first row names what stands beside the rows.
        double top = Math.Round(heading.Bottom + 24);
        double between = Math.Max(request.Example is null ? BetweenRows : RoomForTriangles, sheet.Gap);

        // Rows thinner than a line of text (very wide images) keep room for their names.
        double step = Math.Max(sheet.TileHeight + between, 18);
        double bottom = top + ((dimensions.Length - 1) * step) + sheet.TileHeight;
        var scene = new Scene(
            width, Math.Ceiling(bottom + 58), $"Latent traversal of {result.Spec.Name}",
            $"{dimensions.Length} rows of {steps} decoded codes: {string.Join(", ", dimensions.Select(PlotText.Latent))} from {PlotText.Fixed(-request.Range, 1)} to {PlotText.Fixed(request.Range, 1)}, all else fixed.");
        scene.Add(heading.Marks);
        scene.Add(new Mark.Label(NamesTitle, new(left - 12, top - 10), TextStyle.LegendTitle, Anchor.End));
        for (int row = 0; row < dimensions.Length; row++)
        {
            double y = top + (row * step);
            scene.Add(new Mark.Label(names[row], new(left - 12, Math.Round(y + (sheet.TileHeight / 2) + 4)), TextStyle.Tick, Anchor.End));
            scene.Add(sheet.Draw(
                new(left, y), [.. Enumerable.Range(row * steps, steps).Select(i => new Tile(decoded, i))], steps,
                $"{PlotText.Latent(dimensions[row])}, {steps} codes"));
            if (request.Example is not null)
                scene.Add(Triangle(Centre(start[dimensions[row]]), y - 2));
        }

        var area = new Axes(new Box(left, top, side, bottom - top), new Scale(0, 1), new Scale(0, 1));
        string[] codes = Codes(request);
        foreach (int column in Spread(codes, sheet.TileWidth + sheet.Gap))
        {
            double x = left + (column * (sheet.TileWidth + sheet.Gap)) + (sheet.TileWidth / 2);
            scene.Add(new Mark.Line([new(x, bottom + 1), new(x, bottom + 5)], Palette.Axis, 1) { Round = false });
            scene.Add(new Mark.Label(codes[column], new(x, bottom + Axes.TickGap + 11), TextStyle.Tick, Anchor.Middle));
        }

        scene.Add(area.HorizontalTitle("value of the row's dimension"));
        return scene;

        // Where a value lies between the middles of the first and the last tile; outside the row, at its end.
        double Centre(double value)
        {
            double share = Math.Clamp((value + request.Range) / (2 * request.Range), 0, 1);
            return left + (sheet.TileWidth / 2) + (share * (side - sheet.TileWidth));
        }
    }

    private static Mark.Area Triangle(double x, double y) => new([new(x - 5, y - 8), new(x + 5, y - 8), new(x, y)], Palette.Vermilion);

    private static string[] Codes(EvaluationRequest.Traversal request)
    {
        double[] values = [.. Enumerable.Range(0, request.Steps).Select(step => request.Range * ((2.0 * step / (request.Steps - 1)) - 1))];
        int decimals = values.All(value => Math.Abs((value * 10) - Math.Round(value * 10)) < 1e-9) ? 1 : 2;
        return [.. values.Select(value => PlotText.Fixed(value, values.All(v => v == Math.Round(v)) ? 0 : decimals))];
    }

    // As on the manifold's axes: equal steps inwards from both ends, and the middle where there is room.
    private static IEnumerable<int> Spread(string[] labels, double tile)
    {
        int step = (int)Math.Ceiling(Math.Max(BetweenLabels, labels.Max(TextStyle.Tick.Measure) + 10) / tile);
        return ManifoldPlot.Spread(labels.Length, step);
    }

    private static EvaluationRequest.Traversal Request(Component plot)
    {
        Arguments arguments = plot.Arguments;
        return new(
            arguments.Text("split"), arguments.Int("dimensions"), arguments.Int("steps"), arguments.Float("range"),
            arguments.Text("from") == "example" ? arguments.Int("example") - 1 : null,
            arguments.TryGetValue("label", out object? label) ? (int)label : null);
    }
}
