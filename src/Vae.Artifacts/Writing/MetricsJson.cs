using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Lint;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary><c>metrics.json</c>: the final metrics, what became of the checks, and what was found.</summary>
internal static class MetricsJson
{
    public static string Write(TrainingResult result, IReadOnlyList<Finding> findings) => JsonText.Write(json =>
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
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code.Id);
            json.WriteString("key", finding.Key);
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            json.WriteString("severity", finding.Code.Severity.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Strings("spec", SpecDigest.Identity(result.Spec));
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });

    /// <summary>Reads the findings back; none where the file is older than they are, and none whose code is no longer known.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">A finding lacks a part.</exception>
    public static IReadOnlyList<Finding> ReadFindings(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        if (!json.RootElement.TryGetProperty("findings", out JsonElement findings))
            return [];
        return
        [
            .. findings.EnumerateArray()
                .Select(finding => (Code: DiagnosticTable.All.FirstOrDefault(code => code.Id == finding.GetProperty("code").GetString()), Finding: finding))
                .Where(entry => entry.Code is not null)
                .Select(entry => new Finding(
                    entry.Code!,
                    entry.Finding.GetProperty("key").GetString()!,
                    entry.Finding.GetProperty("message").GetString()!,
                    entry.Finding.GetProperty("remedy").GetString()!)),
        ];
    }
}
