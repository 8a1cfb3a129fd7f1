using System.Text.Json.Nodes;

namespace Vae.Dsl.Schema;

/// <summary>
/// What a value may be. Keywords of JSON Schema speak of one type each and say nothing of the others, so the short form and the map
/// of a value stand side by side in one schema: an editor then reports the one key that is wrong, not that no alternative fits.
/// </summary>
internal sealed class ValueForm
{
    /// <summary>A parameter, anywhere in a text.</summary>
    public const string Parameter = @"\$\([A-Za-z_][A-Za-z0-9_-]*\)";

    private readonly List<string> types = [];
    private readonly List<string> patterns = [];

    /// <summary>Keywords: bounds of numbers, items of lists, keys of maps.</summary>
    public JsonObject Keywords { get; } = [];

    /// <summary>The words of a closed list, which editors complete; empty where there is none.</summary>
    public List<(string Word, string? Help)> Words { get; } = [];

    /// <summary>Words beside other values: <c>auto</c>.</summary>
    public List<string> Special { get; } = [];

    /// <summary>What a message says is expected: <c>a whole number</c>; <c>null</c> where the editor's own words will do.</summary>
    public string? Expected { get; set; }

    /// <summary>The whole message, in place of one made of <see cref="Expected"/>.</summary>
    public string? Message { get; set; }

    /// <summary>Whether the value may be left empty, which means its default.</summary>
    public bool AllowsNull { get; set; } = true;

    /// <summary>Whether a parameter may stand for it. None can hold a map.</summary>
    public bool AllowsParameter { get; set; } = true;

    /// <summary>Adds types.</summary>
    public ValueForm Type(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!types.Contains(name))
                types.Add(name);
        }

        return this;
    }

    /// <summary>Adds texts of a form.</summary>
    public ValueForm Pattern(string pattern)
    {
        patterns.Add(pattern);
        return this;
    }

    /// <summary>Adds a keyword.</summary>
    public ValueForm With(string keyword, JsonNode? value)
    {
        if (value is not null)
            Keywords[keyword] = value;
        return this;
    }

    /// <summary>The schema.</summary>
    /// <param name="title">The head of a tooltip: <c>train.lr</c>; or <c>null</c>.</param>
    /// <param name="description">What a tooltip says; or <c>null</c>.</param>
    /// <param name="fallback">The default as JSON; or <c>null</c>.</param>
    public JsonObject ToJson(string? title = null, string? description = null, JsonNode? fallback = null)
    {
        var schema = new JsonObject();
        if (title is not null)
            schema["title"] = title;
        if (description is not null)
            schema["description"] = description;
        if (Words.Count > 0)
            schema["anyOf"] = Alternatives(title);
        else
            Fill(schema);
        if (fallback is not null)
            schema["default"] = fallback;
        return schema;
    }

    private JsonArray Alternatives(string? title)
    {
        var words = new JsonObject();
        if (title is not null)
            words["title"] = title;
        words["enum"] = new JsonArray([.. Words.Select(entry => JsonValue.Create(entry.Word))]);
        if (Words.Exists(entry => entry.Help is not null))
            words["enumDescriptions"] = new JsonArray([.. Words.Select(entry => JsonValue.Create(entry.Help ?? ""))]);
        var alternatives = new JsonArray(words);
        if (types.Count > 0)
        {
            var rest = new ValueForm { AllowsNull = false, AllowsParameter = false };
            rest.types.AddRange(types);
            foreach ((string keyword, JsonNode? value) in Keywords)
                rest.Keywords[keyword] = value?.DeepClone();
            // An editor that finds no fitting alternative reports the first, so that is the one with a message of ours.
            alternatives.Insert(Message is null ? 1 : 0, rest.ToJson(title));
            if (Message is not null)
                alternatives[0]!["errorMessage"] = Message;
        }

        if (AllowsParameter || AllowsNull)
            alternatives.Add((JsonNode)new ValueForm { AllowsNull = AllowsNull, AllowsParameter = AllowsParameter }.ToJson("a parameter"));
        return alternatives;
    }

    private void Fill(JsonObject schema)
    {
        bool anyText = types.Contains("string");
        List<string> all = [.. types];
        if ((AllowsParameter || Special.Count > 0 || patterns.Count > 0) && !anyText)
            all.Add("string");
        if (AllowsNull)
            all.Add("null");
        schema["type"] = all.Count == 1 ? all[0] : new JsonArray([.. all.Select(name => JsonValue.Create(name))]);
        foreach ((string keyword, JsonNode? value) in Keywords)
            schema[keyword] = value?.DeepClone();

        string[] texts = [.. Special.Select(word => $"^{word}$"), .. patterns, .. AllowsParameter ? (string[])[Parameter] : []];
        if (all.Contains("string") && (!anyText || patterns.Count > 0))
        {
            schema["pattern"] = string.Join('|', texts);
            if ((Message ?? Expected) is not null)
            {
                string message = Message ?? $"must be {Expected}{(AllowsParameter ? ", or a parameter: $(name)" : "")}";
                schema["patternErrorMessage"] = message;
                if (!Keywords.ContainsKey("properties"))
                    schema["errorMessage"] = message;
            }
        }

        if (Special.Count > 0)
            schema["examples"] = new JsonArray([.. Special.Select(word => JsonValue.Create(word))]);
    }
}
