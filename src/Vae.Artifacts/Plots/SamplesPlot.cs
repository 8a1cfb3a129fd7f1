using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Decoded draws from the prior as a grid that is about square.</summary>
internal sealed class SamplesPlot : IPlot
{
    private const double Widest = 620;

    public string Kind => "samples";

    public string Caption =>
        "What the model makes up: codes drawn from the prior and decoded. They look worse than reconstructions where the codes of the data do not fill the prior.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [Request(plot)];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(plot, result).ToFiles();

    internal static Scene Compose(Component plot, TrainingResult result)
    {
        NamedArray decoded = result.Evaluation(Request(plot)).Get("decoded");
        int count = decoded.Shape[0];
        int columns = (int)Math.Ceiling(Math.Sqrt(count));
        int rows = (count + columns - 1) / columns;
        var sheet = new TileSheet(result.Spec.Data, columns, Widest, gap: 1, decoded);
        double width = Math.Max(440, Math.Ceiling(sheet.WidthOf(columns) + (2 * Heading.Margin)));
        var heading = new Heading(
            "Samples from the prior",
            $"{result.Spec.Name}: {count.ToString("#,0", CultureInfo.InvariantCulture)} decoded {(count == 1 ? "draw" : "draws")} z from N(0, 1), seed {result.Spec.Train.Seed.ToString(CultureInfo.InvariantCulture)}{sheet.Note}",
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

    private static EvaluationRequest.PriorSamples Request(Component plot) => new(plot.Arguments.Int("count"));
}
