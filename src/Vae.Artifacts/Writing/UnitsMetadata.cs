using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary>
/// A model's units as the metadata of weights and ONNX models keep them: <c>data.scale</c>, <c>data.factor</c> and <c>data.offset</c>
/// (JSON lists, a number a feature or one for all), <c>data.fitted</c>, and where there are names <c>columns</c> and <c>labels</c>.
/// </summary>
internal static class UnitsMetadata
{
    private const string Scale = "data.scale";
    private const string Factor = "data.factor";
    private const string Offset = "data.offset";
    private const string Fitted = "data.fitted";
    private const string Columns = "columns";
    private const string Labels = "labels";

    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Spec spec, DataUnits units)
    {
        yield return new(Scale, spec.Data.Scale.ToString().ToLowerInvariant());
        yield return new(Factor, JsonSerializer.Serialize(units.Factors.ToArray(), UnitsJson.Default.DoubleArray));
        yield return new(Offset, JsonSerializer.Serialize(units.Offsets.ToArray(), UnitsJson.Default.DoubleArray));
        yield return new(Fitted, units.IsFitted ? "true" : "false");
        if (units.Columns.Count > 0)
            yield return new(Columns, JsonSerializer.Serialize(units.Columns.ToArray(), UnitsJson.Default.StringArray));
        if (units.Labels.Count > 0)
            yield return new(Labels, JsonSerializer.Serialize(units.Labels.ToArray(), UnitsJson.Default.StringArray));
    }

    /// <summary>Reads them back; a file without them has numbers as they are.</summary>
    /// <param name="metadata">All entries of a file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="VaeException">VAE5101: an entry is broken.</exception>
    public static DataUnits Read(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (!metadata.ContainsKey(Factor))
            return DataUnits.AsTheyAre;
        try
        {
            double[] factors = List(Factor, UnitsJson.Default.DoubleArray), offsets = List(Offset, UnitsJson.Default.DoubleArray);
            if (factors.Length == 0 || factors.Length != offsets.Length)
                throw Broken($"'{Factor}' has {factors.Length} numbers and '{Offset}' {offsets.Length}");
            return new DataUnits
            {
                Factors = ValueList.From(factors),
                Offsets = ValueList.From(offsets),
                IsFitted = metadata.TryGetValue(Fitted, out string? fitted) && fitted == "true",
                Columns = ValueList.From(List(Columns, UnitsJson.Default.StringArray)),
                Labels = ValueList.From(List(Labels, UnitsJson.Default.StringArray)),
            };
        }
        catch (JsonException e)
        {
            throw Broken($"the metadata of the data's units are broken: {e.Message}", e);
        }

        T[] List<T>(string key, JsonTypeInfo<T[]> type) => metadata.TryGetValue(key, out string? text) ? JsonSerializer.Deserialize(text, type) ?? [] : [];

        VaeException Broken(string message, Exception? inner = null) =>
            new(DiagnosticTable.Snapshots.WeightsUnreadable.At(new Location(path, 0, 0), message), inner);
    }
}
