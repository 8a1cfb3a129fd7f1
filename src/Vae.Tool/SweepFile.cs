using System.Globalization;
using System.Text;
using Vae.Artifacts;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Writing;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary><c>sweep.csv</c>, a row a point with its parameters and every final metric, and a picture of it.</summary>
internal static class SweepFile
{
    /// <summary>Replaces the table as a whole.</summary>
    /// <param name="folder">The folder of the points' folders.</param>
    /// <param name="outcomes">What came of the points so far.</param>
    /// <exception cref="VaeException">VAE5104: it cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<SweepOutcome> outcomes)
    {
        string[] parameters = [.. outcomes.Take(1).SelectMany(outcome => outcome.Point.Values).Select(value => value.Key)];
        string[] metrics = [.. outcomes.SelectMany(outcome => outcome.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var text = new CsvText(["point", .. parameters, "status", .. metrics]);
        foreach (SweepOutcome outcome in outcomes)
        {
            text.Field(outcome.Point.Name);
            foreach ((_, string value) in outcome.Point.Values)
                text.Field(value);
            text.Field(outcome.Failed ? "failed" : "trained");
            foreach (string metric in metrics)
                text.Field(outcome.Metrics.TryGetValue(metric, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");
            text.EndRow();
        }

        WholeFile.Write(Path.Combine(folder, ArtifactFolder.Sweep), text.ToBytes());
    }

    /// <summary>Replaces the picture; where there is nothing to draw, none is left.</summary>
    /// <param name="folder">The folder of the points' folders.</param>
    /// <param name="name">The name of the swept spec.</param>
    /// <param name="outcomes">What came of the points, of which there is one at least.</param>
    /// <exception cref="VaeException">VAE5104: it cannot be written.</exception>
    public static void Draw(string folder, string name, IReadOnlyList<SweepOutcome> outcomes)
    {
        string picture = Path.Combine(folder, ArtifactFolder.SweepPicture);
        if (SweepPlot.Draw(name, [.. outcomes.Select(outcome => new SweepRun(outcome.Point.Values, outcome.Metrics))]) is { } plot)
        {
            WholeFile.Write(picture + ".svg", Encoding.UTF8.GetBytes(plot.Svg));
            WholeFile.Write(picture + ".png", plot.Png);
            return;
        }

        // What an earlier sweep left would be taken for this one's.
        File.Delete(picture + ".svg");
        File.Delete(picture + ".png");
    }
}
