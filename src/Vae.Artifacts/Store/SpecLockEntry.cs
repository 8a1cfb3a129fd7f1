using System.Text.Json;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Store;

/// <summary>What a lock file keeps of one training.</summary>
/// <param name="SpecName">The spec's name.</param>
/// <param name="Inputs">What it started from.</param>
/// <param name="Metrics">The final metrics by name.</param>
/// <param name="Outputs">
/// The SHA-256 of each file that holds the result, by path: weights, ONNX models, curve, metrics. Plots, report, health and the PyTorch module only show or tell, and a newer
/// version may tell it otherwise, so they are left out.
/// </param>
public sealed record SpecLockEntry(string SpecName, InputRecord Inputs, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Outputs)
{
    private static readonly string[] Drawn = [ArtifactFolder.Report, ArtifactFolder.Plots, ArtifactFolder.ReportPlots, ArtifactFolder.Health, ArtifactFolder.PyTorch];

    /// <summary>The entry of a trained spec's folder; <c>null</c> where that is none.</summary>
    public static SpecLockEntry? Of(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFolder);
        return ArtifactFolder.ManifestOf(modelFolder) is { } manifest
            ? new SpecLockEntry(
                manifest.Spec,
                manifest.Inputs,
                ArtifactFolder.ReadMetrics(modelFolder),
                OutputsOf(manifest.Files.Select(file => new KeyValuePair<string, string>(file.Key, file.Value.Sha256))))
            : null;
    }

    /// <summary>The first file that is not as this entry says, a sentence's part; <c>null</c> where all are.</summary>
    /// <param name="outputs">The digests of the files that are there.</param>
    public string? DifferenceTo(IReadOnlyDictionary<string, string> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return Outputs.Keys.Union(outputs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(path => Outputs.GetValueOrDefault(path) != outputs.GetValueOrDefault(path))
            .Select(path => !Outputs.ContainsKey(path) ? $"{path} is not in the lock file" : !outputs.ContainsKey(path) ? $"{path} is missing" : $"{path} has other content")
            .FirstOrDefault();
    }

    /// <summary>Leaves out what only draws the result.</summary>
    internal static SortedDictionary<string, string> OutputsOf(IEnumerable<KeyValuePair<string, string>> files) => new(
        files.Where(file => !Drawn.Any(drawn => file.Key == drawn || file.Key.StartsWith(drawn + "/", StringComparison.Ordinal))).ToDictionary(StringComparer.Ordinal),
        StringComparer.Ordinal);

    internal static SpecLockEntry Read(JsonElement json) => new(
        json.GetProperty("spec").GetProperty("name").GetString()!,
        InputRecord.Read(json),
        json.GetProperty("metrics").EnumerateObject().ToDictionary(metric => metric.Name, metric => JsonText.ReadNumber(metric.Value), StringComparer.Ordinal),
        json.GetProperty("outputs").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!, StringComparer.Ordinal));

    internal void WriteTo(Utf8JsonWriter json) => Inputs.WriteTo(json, SpecName, between: () =>
    {
        json.WriteStartObject("metrics");
        foreach ((string name, double value) in Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            json.Number(name, value);
        json.WriteEndObject();
        json.Strings("outputs", Outputs);
    });
}
