using System.Globalization;
using System.Text;
using Vae.Artifacts;
using Vae.Artifacts.Plots;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary><c>sweep.csv</c>, a row a point with its parameters and every final metric, and a picture of it.</summary>
internal static class SweepFile
{
    /// <summary>Replaces the files, each as a whole.</summary>
    /// <param name="folder">The folder of the points' folders.</param>
    /// <param name="name">The name of the swept spec.</param>
    /// <param name="outcomes">What came of the points so far.</param>
    /// <exception cref="VaeException">VAE5104: one cannot be written.</exception>
    public static void Write(string folder, string name, IReadOnlyList<SweepOutcome> outcomes)
    {
        Replace(Path.Combine(folder, ArtifactFolder.Sweep), Encoding.UTF8.GetBytes(Text(outcomes)));
        string picture = Path.Combine(folder, ArtifactFolder.SweepPicture);
        if (SweepPlot.Draw(name, [.. outcomes.Select(outcome => new SweepRun(outcome.Point.Values, outcome.Metrics))]) is { } plot)
        {
            Replace(picture + ".svg", Encoding.UTF8.GetBytes(plot.Svg));
            Replace(picture + ".png", plot.Png);
        }
        else
        {
            // What an earlier sweep left would be taken for this one's.
            File.Delete(picture + ".svg");
            File.Delete(picture + ".png");
        }
    }

    private static void Replace(string path, byte[] content)
    {
        string temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(path, 0, 0), e.Message), e);
        }
    }

    private static string Text(IReadOnlyList<SweepOutcome> outcomes)
    {
        string[] parameters = [.. outcomes.Take(1).SelectMany(outcome => outcome.Point.Values).Select(value => value.Key)];
        string[] metrics = [.. outcomes.SelectMany(outcome => outcome.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var text = new StringBuilder();
        Append(text, ["point", .. parameters, "status", .. metrics]);
        foreach (SweepOutcome outcome in outcomes)
        {
            IEnumerable<string> numbers = metrics.Select(metric => outcome.Metrics.TryGetValue(metric, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");
            Append(text, [outcome.Point.Name, .. outcome.Point.Values.Select(value => value.Value), outcome.Failed ? "failed" : "trained", .. numbers]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(',', fields.Select(Field)).Append('\n');

    private static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
