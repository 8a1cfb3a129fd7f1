using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Examples above what the model makes of them, some pairs a row.</summary>
internal sealed class ReconstructionsPlot : IPlot
{
    private const double Widest = 800;
    private const double BetweenPairs = 16;

    public string Kind => "reconstructions";

    public string Caption =>
        "What passes through the code and what is lost in it: the lower row is decoded from μ, without noise.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        DataSpec data = result.Spec.Data;
        Evaluation evaluation = result.Evaluation(Request(plot));
        NamedArray original = evaluation.Get("original");
        NamedArray decoded = evaluation.Get("decoded");
        int count = original.Shape[0];
        int columns = Math.Min(TileSheet.ColumnsFor(data, Widest, count > 60 ? 20 : 10), count);
        int pairs = (count + columns - 1) / columns;
        var sheet = new TileSheet(data, columns, Widest, gap: 1, original, decoded);

        double left = Heading.Margin + Math.Max(TextStyle.Tick.Measure("original"), TextStyle.Tick.Measure("decoded")) + 12;
        double width = Math.Max(440, Math.Ceiling(left + sheet.WidthOf(columns) + Heading.Margin));
        string split = plot.Arguments.Text("split") == "train" ? "training" : plot.Arguments.Text("split");
        var heading = new Heading(
            "Reconstructions",
            $"{result.Spec.Name}: {count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? "example" : "examples")} of the {split} set above, what the model decodes from their μ below{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 8);
        double height = top + (pairs * (sheet.HeightOf(2) + BetweenPairs)) - BetweenPairs + Heading.Margin;

        var scene = new Scene(width, Math.Ceiling(height), $"Reconstructions of {result.Spec.Name}", $"{count} pairs: an example of the {split} set above its reconstruction.");
        scene.Add(heading.Marks);
        for (int pair = 0; pair < pairs; pair++)
        {
            int[] members = [.. Enumerable.Range(pair * columns, Math.Min(columns, count - (pair * columns)))];
            Tile[] originals = [.. members.Select(i => new Tile(original, i))];
            Tile[] outputs = [.. members.Select(i => new Tile(decoded, i) { Original = new Tile(original, i) })];
            foreach ((string name, Tile[] tiles, double y) in new[] { ("original", originals, top), ("decoded", outputs, top + sheet.TileHeight + sheet.Gap) })
            {
                // Rows thinner than a line of text (very wide images) go without: the heading says which is which.
                if (sheet.TileHeight + sheet.Gap >= 15)
                    scene.Add(new Mark.Label(name, new(left - 12, Math.Round(y + (sheet.TileHeight / 2) + 4)), TextStyle.Tick, Anchor.End));
                scene.Add(sheet.Draw(new(Math.Round(left), y), tiles, members.Length, $"{name}: examples {members[0] + 1} to {members[^1] + 1}"));
            }

            top += sheet.HeightOf(2) + BetweenPairs;
        }

        return scene;
    }

    private static EvaluationRequest.Reconstructions Request(Component plot) => new(plot.Arguments.Text("split"), plot.Arguments.Int("count"));
}
