using System.Globalization;
using System.Text;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary><c>sweep.csv</c>: a row a point with its parameters and every final metric.</summary>
internal static class SweepFile
{
    /// <summary>Replaces the file as a whole.</summary>
    /// <exception cref="VaeException">VAE5104: it cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<SweepOutcome> outcomes)
    {
        string temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(temporary, Text(outcomes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
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
