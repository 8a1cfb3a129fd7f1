using System.Text.Json;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Snapshots;

/// <summary>Final metrics: the same names, every number within its own tolerance, and as many epochs.</summary>
internal sealed class MetricsComparer(Func<string, Tolerance> toleranceOf) : SnapshotComparer
{
    public override Comparison Compare(byte[] received, byte[] verified)
    {
        (int oldEpochs, Dictionary<string, double> old) = Read(verified);
        (int newEpochs, Dictionary<string, double> now) = Read(received);
        var deviations = new List<Deviation>(Deviation.OfNames("metric", now.Keys, old.Keys));
        foreach (string name in old.Keys.Intersect(now.Keys))
            deviations.Add(Deviation.Of(name, now[name], old[name], toleranceOf(name)));
        if (oldEpochs != newEpochs)
            deviations.Add(new Deviation(double.PositiveInfinity, $"{newEpochs} epochs, verified {oldEpochs}"));
        return Comparison.Of(deviations);
    }

    /// <summary>The part of <c>metrics.json</c> that a snapshot keeps: what names the spec's digest has its own snapshot, the spec.</summary>
    public static string Reduce(byte[] metrics)
    {
        (int epochs, Dictionary<string, double> final) = Read(metrics);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("epochs", epochs);
            json.WriteStartObject("final");
            foreach ((string name, double value) in final.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.Number(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static (int Epochs, Dictionary<string, double> Final) Read(byte[] content)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Text(content), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return (
                json.RootElement.GetProperty("epochs").GetInt32(),
                json.RootElement.GetProperty("final").EnumerateObject().ToDictionary(metric => metric.Name, metric => JsonText.ReadNumber(metric.Value)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"it does not hold metrics: {e.Message}", e);
        }
    }
}
