using System.Text.Json;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Comparing;

/// <summary>A comparison for programs.</summary>
public static class ComparisonJson
{
    /// <summary>One object: <c>first</c>, <c>second</c>, <c>worse</c>, <c>different</c>, <c>redefined</c>, <c>spec</c>, <c>metrics</c>, <c>curves</c>.</summary>
    public static string Write(ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            Side(json, "first", comparison.First);
            Side(json, "second", comparison.Second);
            json.WriteBoolean("worse", comparison.IsWorse);
            json.WriteBoolean("different", comparison.IsDifferent);
            List(json, "redefined", comparison.Redefined, json.WriteStringValue);
            List(json, "spec", comparison.Values, value =>
            {
                json.WriteStartObject();
                json.WriteString("path", value.Path);
                json.WriteString("first", value.First);
                json.WriteString("second", value.Second);
                json.WriteEndObject();
            });
            List(json, "metrics", comparison.Metrics, metric =>
            {
                json.WriteStartObject();
                json.WriteString("name", metric.Name);
                json.Number("first", metric.First);
                json.Number("second", metric.Second);
                json.Number("change", metric.Change);
                json.WriteString("verdict", Word(metric.Verdict));
                json.WriteEndObject();
            });
            List(json, "curves", comparison.Curves, curve =>
            {
                json.WriteStartObject();
                json.WriteString("name", curve.Name);
                Values(json, "first", curve.First);
                Values(json, "second", curve.Second);
                json.WriteString("verdict", Word(curve.Verdict));
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }

    private static void Side(Utf8JsonWriter json, string name, ComparedModel model)
    {
        json.WriteStartObject(name);
        json.WriteString("path", model.Path);
        json.WriteString("spec", model.Spec.Name);
        json.WriteBoolean("trained", model.IsTrained);
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(item);
        json.WriteEndArray();
    }

    private static void Values(Utf8JsonWriter json, string name, IReadOnlyList<double> values) => List(json, name, values, value =>
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    });

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
