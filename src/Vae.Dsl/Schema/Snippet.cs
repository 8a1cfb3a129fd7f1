using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Schema;

/// <summary>A text that an editor offers to insert.</summary>
/// <param name="Label">What the list of completions shows.</param>
/// <param name="Description">A sentence beside it.</param>
/// <param name="Yaml">The text in block style, with <c>${1:default}</c> where the cursor stops.</param>
internal sealed partial record Snippet(string Label, string Description, string Yaml)
{
    /// <summary>The text with every stop at its default.</summary>
    public string Filled => Stop().Replace(Yaml, "$1");

    /// <summary>The form of the editors' own keyword <c>defaultSnippets</c>.</summary>
    public JsonObject ToJson()
    {
        var bag = new DiagnosticBag();
        Node body = NodeReader.Read(Yaml, Label, bag) ?? throw new InvalidOperationException($"the snippet '{Label}' is no YAML: {string.Join(' ', bag.Sorted())}");
        return new JsonObject { ["label"] = Label, ["description"] = Description, ["body"] = From(body) };
    }

    /// <summary>A stop becomes text behind '^', which editors insert without quotes.</summary>
    private static JsonNode? From(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, From(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(From)]),
        ScalarNode scalar when Stop().IsMatch(scalar.Text) => JsonValue.Create("^" + scalar.Text),
        _ => NodeJson.From(node),
    };

    [GeneratedRegex(@"\$\{[0-9]+:([^}]*)\}")]
    private static partial Regex Stop();
}
