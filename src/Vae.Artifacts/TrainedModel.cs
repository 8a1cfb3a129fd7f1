using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>A trained spec, read back from its folder.</summary>
/// <param name="Spec">The resolved spec.</param>
/// <param name="Weights">Its state dict, in PyTorch's order.</param>
/// <param name="Metrics">The final metrics by name.</param>
public sealed record TrainedModel(Spec Spec, IReadOnlyList<NamedArray> Weights, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The way back to the data's own numbers and names.</summary>
    public DataUnits Units { get; init; } = DataUnits.AsTheyAre;

    /// <summary>Reads a folder that <see cref="ArtifactWriter"/> wrote.</summary>
    /// <exception cref="VaeException">
    /// VAE5103: a file is missing or cannot be read. VAE5101: the weights' file is broken. VAE5102: the weights are not the spec's.
    /// </exception>
    public static TrainedModel Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Spec spec = ArtifactFolder.ReadSpec(folder);
        string file = ArtifactFolder.Existing(folder, ArtifactFolder.Weights);
        SafetensorsFile weights = SafetensorsReader.Read(file);
        IReadOnlyDictionary<string, NamedArray> arrays = StateDict.Check(spec, weights.Arrays);
        return new TrainedModel(spec, [.. StateDict.Of(spec).Select(array => arrays[array.Name])], ReadMetrics(ArtifactFolder.Existing(folder, ArtifactFolder.Metrics)))
        {
            Units = UnitsMetadata.Read(weights.Metadata, file),
        };
    }

    private static SortedDictionary<string, double> ReadMetrics(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
            foreach (JsonProperty metric in json.RootElement.GetProperty("final").EnumerateObject())
                metrics[metric.Name] = JsonText.ReadNumber(metric.Value);
            return metrics;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(path, 0, 0), e.Message), e);
        }
    }
}
