using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary><c>metrics.json</c>: the final metrics, and what became of the checks.</summary>
internal static class MetricsJson
{
    public static string Write(TrainingResult result) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("checks");
        foreach (CheckOutcome outcome in ChecksEvaluator.Outcomes(result.Spec, result.Metrics))
        {
            json.WriteStartObject();
            json.Number("max", outcome.Max);
            json.WriteString("metric", outcome.Metric);
            json.Number("min", outcome.Min);
            json.WriteBoolean("passed", outcome.Passed);
            json.Number("value", outcome.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("epochs", result.Curve.Rows.Count);
        json.WriteStartObject("final");
        foreach ((string name, double value) in result.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.Number(name, value);
        json.WriteEndObject();
        json.Strings("spec", SpecDigest.Identity(result.Spec));
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });
}
