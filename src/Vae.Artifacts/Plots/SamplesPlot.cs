using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Decoded draws from the prior as a grid that is about square, or a row for each label.</summary>
internal sealed class SamplesPlot : IPlot
{
    private const double Widest = 620;
    private const double WidestLabel = 120;

    public string Kind => "samples";

    public string Caption =>
        "What the model makes up: codes drawn from the prior and decoded. They look worse than reconstructions where the codes of the data do not fill the prior.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) =>
        plot.Arguments.ContainsKey("per-label") ? [ByLabel(plot)] : [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result) =>
        plot.Arguments.ContainsKey("per-label") ? ComposeRows(plot, result) : ComposeGrid(plot, result);

    private static Scene ComposeGrid(Component plot, TrainingResult result)
    {
        Evaluation evaluation = result.Evaluation(Request(plot));
        NamedArray decoded = evaluation.Get("decoded");
        int count = decoded.Shape[0];
        int columns = (int)Math.Ceiling(Math.Sqrt(count));
        int rows = (count + columns - 1) / columns;
        var sheet = new TileSheet(result.Spec.Data, columns, Widest, gap: 1, decoded);
        double width = Math.Max(440, Math.Ceiling(sheet.WidthOf(columns) + (2 * Heading.Margin)));
        var heading = new Heading(
            "Samples from the prior",
            $"{result.Spec.Name}: {count.ToString("#,0", CultureInfo.InvariantCulture)} decoded {(count == 1 ? "draw" : "draws")} z from N(0, 1){LabelText.Described(result, evaluation.Find("labels"))}, seed {result.Spec.Train.Seed.ToString(CultureInfo.InvariantCulture)}{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 8);
        var scene = new Scene(
            width, Math.Ceiling(top + sheet.HeightOf(rows) + Heading.Margin),
            $"Samples of {result.Spec.Name}", $"{count} decoded draws from the prior in {rows} rows.");
        scene.Add(heading.Marks);
        scene.Add(sheet.Draw(
            new(Heading.Margin, top), [.. Enumerable.Range(0, count).Select(i => new Tile(decoded, i))], columns, $"{count} samples"));
        return scene;
    }

    private static Scene ComposeRows(Component plot, TrainingResult result)
    {
        EvaluationRequest.LabelSamples request = ByLabel(plot);
        NamedArray decoded = result.Evaluation(request).Get("decoded");
        int columns = request.Each;
        int rows = decoded.Shape[0] / columns;
        string[] names = [.. Enumerable.Range(0, rows).Select(label => TextStyle.Tick.Fit(result.Units.NameOf(label), WidestLabel))];
        var sheet = new TileSheet(result.Spec.Data, columns, Widest, gap: 1, decoded);
        double left = Math.Round(Heading.Margin + names.Max(TextStyle.Tick.Measure) + 12);
        double width = Math.Max(440, Math.Ceiling(left + sheet.WidthOf(columns) + Heading.Margin));
        var heading = new Heading(
            "Samples of each label",
            $"{result.Spec.Name}: {columns.ToString(CultureInfo.InvariantCulture)} {(columns == 1 ? "draw" : "draws")} z from N(0, 1), the same in every row, decoded with each label; seed {result.Spec.Train.Seed.ToString(CultureInfo.InvariantCulture)}{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 8);
        var scene = new Scene(
            width, Math.Ceiling(top + sheet.HeightOf(rows) + Heading.Margin),
            $"Samples of {result.Spec.Name} by label", $"A row for each of {rows} labels: {columns} decoded draws from the prior, the same in every row.");
        scene.Add(heading.Marks);
        // Rows thinner than a line of text (very wide images) are named as far apart as texts can stand.
        int every = (int)Math.Ceiling(15 / (sheet.TileHeight + sheet.Gap));
        for (int row = 0; row < rows; row += every)
        {
            double middle = top + (row * (sheet.TileHeight + sheet.Gap)) + (sheet.TileHeight / 2);
            scene.Add(new Mark.Label(names[row], new(left - 12, Math.Round(middle + 4)), TextStyle.Tick, Anchor.End));
        }

        scene.Add(sheet.Draw(
            new(left, top), [.. Enumerable.Range(0, rows * columns).Select(i => new Tile(decoded, i))], columns, $"samples, a row for each of {rows} labels"));
        return scene;
    }

    private static EvaluationRequest.LabelSamples ByLabel(Component plot) => new(plot.Arguments.Int("per-label"));

    private static EvaluationRequest.PriorSamples Request(Component plot) => new(plot.Arguments.Int("count"));
}
