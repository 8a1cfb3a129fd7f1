using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vae.Artifacts.Inspection;

namespace Vae.Tool.Output;

/// <summary>A summary of a model's file for programs: one JSON object in a line.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string path, ModelFileSummary summary)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, path, summary);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string path, ModelFileSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteString("format", summary.Format);
        json.WriteNumber("bytes", summary.Bytes);
        Map(json, "facts", summary.Facts);
        Map(json, "metadata", summary.Metadata);
        List(json, "inputs", summary.Inputs, value => Value(json, value));
        List(json, "outputs", summary.Outputs, value => Value(json, value));
        List(json, "nodes", summary.Nodes, node =>
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("operator", node.Operator);
            List(json, "inputs", node.Inputs, json.WriteStringValue);
            List(json, "outputs", node.Outputs, json.WriteStringValue);
            json.WriteEndObject();
        });
        List(json, "arrays", summary.Arrays, array => Array(json, array));
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, ValueSummary value)
    {
        json.WriteStartObject();
        json.WriteString("name", value.Name);
        json.WriteString("type", value.Type);
        if (value.Shape is { } shape)
            List(json, "shape", shape, json.WriteStringValue);
        json.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter json, ArraySummary array)
    {
        json.WriteStartObject();
        json.WriteString("name", array.Name);
        json.WriteString("type", array.Type);
        List(json, "shape", array.Shape, json.WriteNumberValue);
        if (array.Numbers is { } numbers)
        {
            // Where no number is finite there is nothing to tell of them.
            if (double.IsFinite(numbers.Mean))
            {
                json.WriteNumber("min", numbers.Min);
                json.WriteNumber("max", numbers.Max);
                json.WriteNumber("mean", numbers.Mean);
                json.WriteNumber("deviation", numbers.Deviation);
            }

            json.WriteNumber("zeros", numbers.Zeros);
            json.WriteNumber("notFinite", numbers.NotFinite);
        }

        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(item);
        json.WriteEndArray();
    }
}
