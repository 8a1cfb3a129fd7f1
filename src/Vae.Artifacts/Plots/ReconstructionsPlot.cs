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
    private const double AboveWorst = 34;

    public string Kind => "reconstructions";

    public string Caption =>
        "What passes through the code and what is lost in it: the lower row is decoded from μ, without noise.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) =>
        Worst(plot) is { } worst ? [Request(plot), worst] : [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        DataSpec data = result.Spec.Data;
        Pairs shown = Pairs.Of(result.Evaluation(Request(plot)));
        Pairs? worst = Worst(plot) is { } asked ? Pairs.Of(result.Evaluation(asked)) : null;
        int columns = Math.Min(TileSheet.ColumnsFor(data, Widest, shown.Count > 60 ? 20 : 10), Math.Max(shown.Count, worst?.Count ?? 0));
        NamedArray[] arrays = worst is null ? [shown.Original, shown.Decoded] : [shown.Original, shown.Decoded, worst.Original, worst.Decoded];
        var sheet = new TileSheet(data, columns, Widest, gap: 1, arrays);

        double left = Heading.Margin + Math.Max(TextStyle.Tick.Measure("original"), TextStyle.Tick.Measure("decoded")) + 12;
        double width = Math.Max(440, Math.Ceiling(left + sheet.WidthOf(columns) + Heading.Margin));
        string split = PlotText.Split(plot.Arguments.Text("split"));
        var heading = new Heading(
            "Reconstructions",
            $"{result.Spec.Name}: {PlotText.Count(shown.Count, "example")} of the {split} above, what the model decodes from their μ below{sheet.Note}",
            width);
        double top = Math.Round(heading.Bottom + 8);
        double step = sheet.HeightOf(2) + BetweenPairs;
        double second = top + (Rows(shown.Count, columns) * step) + AboveWorst;
        double bottom = worst is null ? second - AboveWorst : second + (Rows(worst.Count, columns) * step);

        var scene = new Scene(
            width, Math.Ceiling(bottom - BetweenPairs + Heading.Margin), $"Reconstructions of {result.Spec.Name}",
            $"{shown.Count} pairs: an example of the {split} above its reconstruction.{(worst is null ? "" : $" Below them the {worst.Count} with the largest error.")}");
        scene.Add(heading.Marks);
        Add(shown, top, "examples");
        if (worst is not null)
        {
            string errors = worst.Errors.Length == 0 ? "" : $": mean squared error {LossNumber(worst.Errors[0])} to {LossNumber(worst.Errors[^1])}";
            scene.Add(new Mark.Label(TextStyle.Legend.Fit($"The {PlotText.Count(worst.Count)} worst of all{errors}", width - (2 * Heading.Margin)), new(Heading.Margin, second - 12), TextStyle.Legend));
            Add(worst, second, "worst examples");
        }

        return scene;

        void Add(Pairs pairs, double y, string what)
        {
            for (int row = 0; row < Rows(pairs.Count, columns); row++, y += step)
            {
                int[] members = [.. Enumerable.Range(row * columns, Math.Min(columns, pairs.Count - (row * columns)))];
                Tile[] originals = [.. members.Select(i => new Tile(pairs.Original, i))];
                Tile[] outputs = [.. members.Select(i => new Tile(pairs.Decoded, i) { Original = new Tile(pairs.Original, i) })];
                foreach ((string name, Tile[] tiles, double at) in new[] { ("original", originals, y), ("decoded", outputs, y + sheet.TileHeight + sheet.Gap) })
                {
                    // Rows thinner than a line of text (very wide images) go without: the heading says which is which.
                    if (sheet.TileHeight + sheet.Gap >= 15)
                        scene.Add(new Mark.Label(name, new(left - 12, Math.Round(at + (sheet.TileHeight / 2) + 4)), TextStyle.Tick, Anchor.End));
                    scene.Add(sheet.Draw(new(Math.Round(left), at), tiles, members.Length, $"{name}: {what} {members[0] + 1} to {members[^1] + 1}"));
                }
            }
        }
    }

    private static int Rows(int count, int columns) => (count + columns - 1) / columns;

    private static string LossNumber(float value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−');

    private static EvaluationRequest.Reconstructions Request(Component plot) => new(plot.Arguments.Text("split"), plot.Arguments.Int("count"));

    private static EvaluationRequest.WorstReconstructions? Worst(Component plot) =>
        plot.Arguments.ContainsKey("worst") ? new(plot.Arguments.Text("split"), plot.Arguments.Int("worst")) : null;

    private sealed record Pairs(NamedArray Original, NamedArray Decoded, float[] Errors)
    {
        public int Count => Original.Shape[0];

        public static Pairs Of(Evaluation evaluation) => new(evaluation.Get("original"), evaluation.Get("decoded"), evaluation.Find("error")?.Values ?? []);
    }
}
