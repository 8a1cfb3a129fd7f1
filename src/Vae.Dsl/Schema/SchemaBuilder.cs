using System.Text.Json.Nodes;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Schema;

/// <summary>The grammar and the catalogues as a JSON Schema.</summary>
internal sealed class SchemaBuilder
{
    private const string Percent = "^[-+]?[0-9.]+([eE][-+]?[0-9]+)?%$";

    private readonly JsonObject definitions = [];

    public JsonObject Build()
    {
        JsonObject body = Map(Grammar.Root).ToJson();
        body.Remove("type");
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Vae spec",
            ["description"] = "A variational autoencoder: its data, networks, loss, training and what it leaves behind. The language, version 1.",
            ["type"] = "object",
            ["required"] = new JsonArray("vae"),
        };
        foreach ((string keyword, JsonNode? value) in body)
            schema[keyword] = value?.DeepClone();
        RequireWhole(schema);
        schema["definitions"] = definitions;
        return schema;
    }

    /// <summary>What a whole spec needs; a spec that is a base or has one need not have it.</summary>
    private static void RequireWhole(JsonObject schema)
    {
        JsonObject requirements = Requirements(Grammar.Root) ?? [];
        schema["if"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("extends") },
                new JsonObject { ["required"] = new JsonArray("abstract"), ["properties"] = new JsonObject { ["abstract"] = new JsonObject { ["const"] = true } } }),
        };
        schema["then"] = new JsonObject();
        schema["else"] = requirements;
    }

    private static JsonObject? Requirements(Place place)
    {
        JsonNode[] names = [.. place.Keys.Where(IsRequired).Select(key => JsonValue.Create(key.Name))];
        var properties = new JsonObject();
        foreach (Key key in place.Keys)
        {
            if (key.Content is not Content.Map(Place inner) || Requirements(inner) is not JsonObject nested)
                continue;
            // The key itself is described elsewhere: here is nothing that an editor should offer.
            nested["doNotSuggest"] = true;
            properties[key.Name] = nested;
        }

        if (names.Length == 0 && properties.Count == 0)
            return null;
        var requirements = new JsonObject();
        if (names.Length > 0)
            requirements["required"] = new JsonArray(names);
        if (properties.Count > 0)
            requirements["properties"] = properties;
        return requirements;
    }

    private static bool IsRequired(Key key) => key.Required || key.Content is Content.Plain { Argument.Required: true };

    /// <summary>A key's value with its description.</summary>
    private JsonObject Describe(Key key, Place place)
    {
        string title = place.Path.Length == 0 || place == Grammar.Variant ? key.Name : $"{place.Path}.{key.Name}";
        if (key.Content is Content.Plain(Argument argument))
            return Describe(argument, title);
        return Of(key.Content, place).ToJson(title, key.Help);
    }

    private JsonObject Describe(Argument argument, string title)
    {
        JsonNode? fallback = Json(argument.Default);
        string help = fallback is null || argument.Help.Contains("Default", StringComparison.Ordinal)
            ? argument.Help
            : $"{argument.Help} Default: {(fallback is JsonArray list ? "[" + string.Join(", ", list) + "]" : fallback.ToString())}.";
        return Of(argument).ToJson(title, help, fallback);
    }

    private ValueForm Of(Content content, Place place) => content switch
    {
        Content.Plain(Argument argument) => Of(argument),
        Content.Free(FreeForm form) => Of(form),
        Content.Map map => Map(map.Place, map.Single),
        Content.Named named => Named(named),
        Content.Values(_, FreeForm form) => new ValueForm { AllowsParameter = false, Expected = "a map of names and values" }.Type("object").With("additionalProperties", Of(form).ToJson()),
        Content.OneOf(ComponentCatalogue catalogue, ValueList<string> beside) => Component(catalogue, [.. beside.Select(name => place.Find(name)!)], place, isItem: false),
        Content.ListOf(ComponentCatalogue catalogue) => List(Refer(catalogue.Noun, () => Component(catalogue, [], place, isItem: true).ToJson(catalogue.Noun))),
        Content.Layers => List(Layer()),
        _ => throw new InvalidOperationException($"no schema for {content}"),
    };

    private static ValueForm Of(FreeForm form) => form switch
    {
        FreeForm.Version => new ValueForm { AllowsNull = false, AllowsParameter = false }.Type("integer").With("const", 1),
        FreeForm.Range => new ValueForm { Expected = "two numbers: [min, max]" }.Type("array").With("items", Numbers()).With("minItems", 2).With("maxItems", 2),
        FreeForm.Value => new ValueForm().Type("string", "number", "boolean", "array").With("items", Scalars()),
        FreeForm.Values => new ValueForm().Type("array").With("items", Scalars()),
        FreeForm.Alternatives => new ValueForm { Expected = "a list of values" }.Type("array").With("items", Of(FreeForm.Value).ToJson()),
        _ => new ValueForm().Type("string", "number", "boolean", "array", "object"),
    };

    private static JsonObject Numbers() => new ValueForm { AllowsNull = false, Expected = "a number" }.Type("number").ToJson();

    private static JsonObject Scalars() => new ValueForm { AllowsNull = false }.Type("string", "number", "boolean").ToJson();

    private static ValueForm List(JsonObject items) => new ValueForm { Expected = "a list" }.Type("array").With("items", items);

    /// <summary>A map of closed keys, and beside it what may stand in its place.</summary>
    private ValueForm Map(Place place, Argument? single = null)
    {
        Key? shorthand = place.Short is string name ? place.Find(name) : null;
        var form = single is not null ? Of(single)
            : shorthand is { Content: not Content.Map } ? Of(shorthand.Content, place)
            : shorthand is { Content: Content.Map { Single: Argument inner } } ? Of(inner)
            : new ValueForm { AllowsParameter = false };
        form.AllowsNull = true;
        var properties = new JsonObject();
        foreach (Key key in place.Keys)
            properties[key.Name] = Value(key, place);
        form.Type("object").With("properties", properties);
        // The keys of a map that is itself a short form stand beside the others, but never together with the long one.
        if (shorthand is { Content: Content.Map(Place nested) })
        {
            foreach (Key key in nested.Keys)
                properties[key.Name] = Value(key, nested);
            var never = new JsonObject([.. nested.Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)JsonValue.Create(false)))]);
            form.With("dependencies", new JsonObject { [shorthand.Name] = new JsonObject { ["properties"] = never } });
            Offer(form, nested);
        }

        form.With("additionalProperties", false);
        Offer(form, place);
        return form;
    }

    /// <summary>Sections stand in the spec and in its variants: one definition each.</summary>
    private JsonObject Value(Key key, Place place) =>
        key.Content is not Content.Plain && Grammar.Variant.Keys.Contains(key) ? Refer(key.Name, () => Describe(key, place)) : Describe(key, place);

    private static void Offer(ValueForm form, Place place)
    {
        if (Snippets.For(place) is { Count: > 0 } snippets)
            form.With("defaultSnippets", new JsonArray([.. snippets.Select(snippet => snippet.ToJson())]));
    }

    private ValueForm Named(Content.Named named)
    {
        var form = new ValueForm { AllowsParameter = false }.Type("object");
        JsonObject Each() => Refer(named.Noun, () => Map(named.Each).ToJson(named.Noun));
        if (named.Names is null)
            return form.With("additionalProperties", Each());
        return form
            .With("properties", new JsonObject(named.Names.Select(name => KeyValuePair.Create(name, (JsonNode?)Each()))))
            .With("additionalProperties", false);
    }

    private JsonObject Layer() => Refer("layer", () => Component(Grammar.AllLayers, Grammar.BesideLayer.Keys, Grammar.BesideLayer, isItem: true).ToJson("layer"));

    /// <summary>A row of a catalogue as a word, or as a map of one key.</summary>
    private ValueForm Component(ComponentCatalogue catalogue, IReadOnlyList<Key> beside, Place place, bool isItem)
    {
        // What a list holds is whole; elsewhere a part of a spec may leave out what another part says.
        var form = new ValueForm { AllowsNull = !isItem, Message = $"unknown {catalogue.Noun}; there are: {string.Join(", ", catalogue.All.Select(row => row.Name))}" };
        var rows = new JsonObject();
        foreach (ComponentKind row in catalogue.All)
        {
            rows[row.Name] = Row(row, [.. beside.Where(key => key.Name != "act" || row is not LayerKind { IsActivation: true })], place, isItem);
            if (!isItem || !row.Arguments.Any(argument => argument.Required))
                form.Words.Add((row.Name, row.Summary));
        }

        if (catalogue == Grammar.AllLayers)
            rows["use"] = Use();
        form.Type("object").With("properties", rows).With("minProperties", 1).With("maxProperties", 1).With("additionalProperties", false);
        Snippet[] snippets = [.. Snippets.Rows(catalogue)];
        return snippets.Length == 0 ? form : form.With("defaultSnippets", new JsonArray([.. snippets.Select(snippet => snippet.ToJson())]));
    }

    /// <summary>A block in the place of a layer. Beside the keys of <c>use</c> stand the parameters of the block, which a schema cannot know.</summary>
    private JsonObject Use()
    {
        ValueForm form = Map(Grammar.Use).With("required", new JsonArray("block")).With("additionalProperties", Of(FreeForm.Value).ToJson());
        form.AllowsNull = false;
        return form.ToJson("use", "The layers of a block, once or once for each of a list of values.");
    }

    private JsonObject Row(ComponentKind row, Key[] beside, Place place, bool isItem)
    {
        Argument? main = row.Arguments.FirstOrDefault(argument => argument.Name == row.MainArgument);
        ValueForm form = main is null ? new ValueForm { AllowsParameter = false } : Of(main);
        string[] required = isItem ? [.. row.Arguments.Where(argument => argument.Required).Select(argument => argument.Name)] : [];
        var properties = new JsonObject();
        foreach (Argument argument in row.Arguments)
            properties[argument.Name] = Describe(argument, $"{row.Name}.{argument.Name}");
        foreach (Key key in beside)
            properties[key.Name] = key.Content is Content.OneOf(ComponentCatalogue catalogue, _) ? Refer(catalogue.Noun, () => Describe(key, place)) : Describe(key, place);
        form.Type("object").With("properties", properties);
        if (required.Length > 0)
            form.With("required", new JsonArray([.. required.Select(name => JsonValue.Create(name))]));
        form.With("additionalProperties", false);
        form.AllowsNull = required.Length == 0;
        return form.ToJson(row.Name, row.Summary);
    }

    private ValueForm Of(Argument argument)
    {
        var form = new ValueForm { Expected = Expectation.Of(argument) };
        switch (argument.Type)
        {
            case ArgumentType.Int:
                Bound(form.Type("integer"), argument);
                break;
            case ArgumentType.Float:
                Bound(form.Type("number"), argument);
                break;
            case ArgumentType.Share:
                Bound(form.Type("number"), argument).Pattern(Percent);
                break;
            case ArgumentType.Amount:
                form.Type("number").With("exclusiveMinimum", 0).Pattern(Percent);
                form.Type("object").With("properties", new JsonObject { [Grammar.From.Name] = Describe(Grammar.From, Grammar.From.Name) });
                form.With("required", new JsonArray(Grammar.From.Name)).With("additionalProperties", false);
                break;
            case ArgumentType.Bool:
                form.Type("boolean");
                break;
            case ArgumentType.Text:
                Text(form, argument);
                break;
            case ArgumentType.Texts:
                form.Type("array").With("items", Text(new ValueForm { AllowsNull = false }, argument).ToJson()).With("uniqueItems", true);
                break;
            case ArgumentType.Ints:
                Sizes(Bound(form.Type("integer"), argument), argument, 1, null);
                break;
            case ArgumentType.Shape:
                Sizes(Bound(form.Type("integer"), argument), argument, 1, 4);
                break;
            case ArgumentType.Pair:
                Sizes(Bound(form.Type("integer"), argument), argument, 2, 2);
                break;
            case ArgumentType.Layers:
                form.Type("array").With("items", Layer());
                form.AllowsParameter = false;
                break;
            default:
                throw new InvalidOperationException($"no schema for {argument.Type}");
        }

        if (argument.AllowsSizes)
            Sizes(form, argument, 1, 4);
        if (argument.AllowsAuto)
            form.Special.Add("auto");
        if (argument.Type is not (ArgumentType.Text or ArgumentType.Texts))
            form.Special.AddRange(argument.Choices);
        return form;
    }

    /// <summary>A plain word, number or truth value is a text where a text is due.</summary>
    private static ValueForm Text(ValueForm form, Argument argument)
    {
        form.Expected = null;
        if (argument.Choices.Count > 0)
        {
            form.Words.AddRange(argument.Choices.Select(word => (word, (string?)null)));
            return form;
        }

        form.Type("string", "number", "boolean");
        if (argument.Pattern is string pattern)
        {
            // JSON Schema has JavaScript's regular expressions.
            form.Pattern(pattern.Replace(@"\z", "$", StringComparison.Ordinal));
            form.Message = argument.Help;
        }

        return form;
    }

    private static ValueForm Bound(ValueForm form, Argument argument)
    {
        if (argument.Min is double min)
            form.With(argument.MinExclusive ? "exclusiveMinimum" : "minimum", NodeJson.Number(min));
        double? max = argument.Max ?? (argument.Type is ArgumentType.Int ? int.MaxValue : null);
        return max is double bound ? form.With("maximum", NodeJson.Number(bound)) : form;
    }

    private static void Sizes(ValueForm form, Argument argument, int fewest, int? most)
    {
        JsonObject item = Bound(new ValueForm { AllowsNull = false, Expected = Expectation.Of(ArgumentType.Int) }.Type("integer"), argument).ToJson();
        form.Type("array").With("items", item).With("minItems", fewest).With("maxItems", most);
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        Auto => "auto",
        bool flag => flag,
        string text => text,
        ValueList<string> words => new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
        Shape { Rank: 2 } pair when pair[0] == pair[1] => pair[0],
        Shape shape => new JsonArray([.. shape.Select(size => JsonValue.Create(size))]),
        Amount amount => NodeJson.Number(amount.Value),
        _ => NodeJson.Number(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private JsonObject Refer(string name, Func<JsonObject> build)
    {
        string id = name.Replace(' ', '-');
        if (!definitions.ContainsKey(id))
        {
            // The place is taken before it is filled, so that a layer may hold layers.
            definitions[id] = new JsonObject();
            definitions[id] = build();
        }

        return new JsonObject { ["$ref"] = "#/definitions/" + id };
    }
}
