using System.Text.Json.Nodes;
using Vae.Dsl.Text;

namespace Vae.Dsl.Schema;

/// <summary>A tree as JSON, scalars by YAML's core schema: what a JSON Schema validator makes of a text.</summary>
internal static class NodeJson
{
    public static JsonNode? From(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, From(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(From)]),
        ScalarNode scalar => From(scalar),
        _ => throw new InvalidOperationException($"no JSON for {node}"),
    };

    /// <summary>A number as JSON without the digits that only a machine needs: 0.1, 1e-8.</summary>
    public static JsonNode Number(double value) => JsonNode.Parse(Numerals.Write(value))!;

    private static JsonValue? From(ScalarNode scalar)
    {
        if (scalar.IsNull)
            return null;
        // To the core schema, 010 is ten.
        string digits = scalar.Text.TrimStart('0') is { Length: > 0 } rest && rest.All(char.IsAsciiDigit) ? rest : scalar.Text;
        if (Numerals.TryInt(scalar with { Text = digits }, out long whole))
            return JsonValue.Create(whole);
        if (Numerals.TryFloat(scalar, out double number))
            return JsonValue.Create(number);
        if (!scalar.IsQuoted && scalar.Text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF")
            return JsonNode.Parse(scalar.Text.StartsWith('-') ? "-1e999" : "1e999")!.AsValue();
        return Numerals.TryBool(scalar, out bool flag) ? JsonValue.Create(flag) : JsonValue.Create(scalar.Text);
    }
}
