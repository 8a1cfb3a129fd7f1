using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Schema;
using Vae.Dsl.Text;

namespace Vae.Dsl.Tests;

/// <summary>
/// The JSON Schema against a draft-07 validator that knows nothing of the language. What a schema can see is listed by code in
/// <c>tests/editors/agreement.json</c>, with the broken specs where it sees less or more than the code says.
/// </summary>
public partial class SpecSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(SpecSchema.ToJson());
    private static readonly Agreement Agreed = JsonSerializer.Deserialize<Agreement>(File.ReadAllText(Path.Combine(Repository.Root, "tests", "editors", "agreement.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Good => [.. Repository.Specs];

    public static TheoryData<string> Broken => BrokenSpecTests.Files;

    [Fact]
    public void The_schema_is_draft_07()
    {
        using var schema = JsonDocument.Parse(SpecSchema.ToJson());

        Assert.True(MetaSchemas.Draft7.Evaluate(schema.RootElement).IsValid);
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_spec_of_ours_is_valid_and_names_the_schema_in_its_first_line(string path)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, path));

        Assert.Empty(Faults(Read(text)!));
        Match modeline = Modeline().Match(text);
        Assert.True(modeline.Success, $"{path} does not begin with '# yaml-language-server: $schema=…'");
        string schema = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, modeline.Groups["schema"].Value));
        Assert.Equal(Path.Combine(Repository.Root, "specs", "vae.schema.json"), schema);
        Assert.Equal("vae", Read(text)!.Entries[0].Key);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_schema_agrees_with_the_loader_on_a_broken_spec(string file)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Broken", file));
        // What is no YAML, or no map, is not for a schema to judge.
        if (Read(text) is not MapNode root)
            return;
        Diagnostic[] seen = [.. SpecLoader.Parse(text, file).Diagnostics.Where(diagnostic => CanSee(file, diagnostic))];

        string[] faults = Faults(root);

        foreach (Diagnostic diagnostic in seen)
        {
            string[] places = Places(root, diagnostic.Location!);
            Assert.True(faults.Intersect(places).Any(), $"the schema does not see {diagnostic}: it finds fault with [{string.Join(", ", faults)}], not with any of [{string.Join(", ", places)}]. If it cannot, say so in tests/editors/agreement.json.");
        }

        if (seen.Length == 0)
            Assert.True(faults.Length == 0, $"only the schema finds fault with {file}: {string.Join(", ", faults)}. If that is right, say so in tests/editors/agreement.json.");
    }

    public static TheoryData<string, string> Rows
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string pointer, ComponentCatalogue catalogue) in Catalogues)
            {
                foreach (ComponentKind row in catalogue.All)
                    data.Add($"{pointer}/{row.Name}", "{" + string.Join(", ", row.Arguments.Where(argument => argument.Required).Select(argument => $"{argument.Name}: {Value(argument)}")) + "}");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_a_catalogue_is_valid_with_its_arguments_and_refused_with_one_too_many(string pointer, string arguments)
    {
        Assert.DoesNotContain(Faults(Read(Nested(pointer, arguments))!), fault => fault.StartsWith(pointer, StringComparison.Ordinal));
        Assert.Contains(pointer + "/wibble", Faults(Read(Nested(pointer, arguments.Insert(1, "wibble: 1, ")))!));
    }

    private static (string Pointer, ComponentCatalogue Catalogue)[] Catalogues { get; } =
    [
        ("/encoder/0", Grammar.AllLayers), ("/encoder/0/linear/act", Grammar.Activations), ("/loss/reconstruction", ReconstructionCatalogue.Rows),
        ("/train/optimizer", OptimizerCatalogue.Rows), ("/train/schedule", ScheduleCatalogue.Rows), ("/train/init", InitializationCatalogue.Rows), ("/artifacts/plots/0", PlotCatalogue.Rows), ("/loss/terms/0", TermCatalogue.Rows), ("/condition/label", ConditionCatalogue.Rows),
    ];

    private static string Value(Argument argument) => argument switch
    {
        { Choices: [string first, ..] } => first,
        { Type: ArgumentType.Texts or ArgumentType.Layers } => "[]",
        _ => "1",
    };

    /// <summary>A spec that holds a value at a place and nothing else: <c>/encoder/0</c> is the first item of a list.</summary>
    private static string Nested(string pointer, string value) =>
        "{vae: 1, " + pointer[1..].Split('/').Reverse().Aggregate(value, (inner, step) => step == "0" ? $"[{inner}]" : $"{{{step}: {inner}}}")[1..];

    [Fact]
    public void A_parameter_may_stand_for_a_value_and_for_nothing_else()
    {
        const string Text = """
            vae: 1
            params: {p: 1}
            data: {dataset: $(p), shape: $(p), scale: $(p), validation: $(p)}
            encoder: [linear: $(p), linear: {out: $(p), bias: $(p), act: $(p)}, conv2d: {out: 3, kernel: [$(p), 1]}]
            latent: $(p)
            decoder: []
            loss: {reconstruction: $(p), kl: {from: $(p), epochs: 1}}
            train: {epochs: $(p), optimizer: {adam: {lr: $(p)}}}
            """;

        Assert.Empty(Faults(Read(Text)!));
        Assert.Contains("/data", Faults(Read(Text.Replace("data: {dataset: $(p), shape: $(p), scale: $(p), validation: $(p)}", "data: $(p)", StringComparison.Ordinal))!));
    }

    [Fact]
    public void Snippets_are_specs_that_load()
    {
        Assert.All(Snippets.Specs, snippet => Assert.Empty(SpecLoader.Parse(snippet.Filled).Diagnostics));
        Assert.All(Snippets.Ramps, snippet => Assert.Empty(SpecLoader.Parse(FirstSpecTests.Text, "a.vae.yaml", new SpecLoadOptions { Sets = [$"loss.kl={{{snippet.Filled.Trim().Replace("\n", ", ", StringComparison.Ordinal)}}}"] }).Diagnostics));
        Assert.All(Snippets.Specs.Concat(Snippets.Ramps), snippet => Assert.NotNull(snippet.ToJson()["body"]));
    }

    [Fact]
    public void Snippets_of_rows_are_valid_where_they_are_offered()
    {
        foreach (Snippet snippet in Snippets.Rows(Grammar.AllLayers))
            Assert.DoesNotContain(Faults(Read($"vae: 1\nencoder:\n- {snippet.Filled.Replace("\n", "\n  ", StringComparison.Ordinal)}")!), fault => fault.StartsWith("/encoder", StringComparison.Ordinal));
        foreach (Snippet snippet in Snippets.Rows(ScheduleCatalogue.Rows))
            Assert.DoesNotContain(Faults(Read($"vae: 1\ntrain:\n  schedule:\n    {snippet.Filled.Replace("\n", "\n    ", StringComparison.Ordinal)}")!), fault => fault.StartsWith("/train", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_has_a_sentence_for_a_tooltip()
    {
        List<(string Path, string Help)> helps = [];
        Collect(Grammar.Root, helps);

        Assert.All(helps, entry => Assert.Matches(@"^[A-Zβ\d].{10,}[.:)]$", entry.Help));
    }

    private static void Collect(Place place, List<(string Path, string Help)> helps)
    {
        foreach (Key key in place.Keys)
        {
            helps.Add(($"{place.Path}.{key.Name}", key.Help));
            if (key.Content is Content.Map(Place inner))
                Collect(inner, helps);
            else if (key.Content is Content.Named named && named.Each != Grammar.Variant)
                Collect(named.Each, helps);
        }
    }

    private static bool CanSee(string file, Diagnostic diagnostic) =>
        (Agreed.Seen.Contains(diagnostic.Code.Id) || Agreed.Sharp.ContainsKey(file)) && !Agreed.Blind.ContainsKey(file);

    /// <summary>
    /// The JSON pointers of all values of a text that the validator finds fault with; none where the text is no map. Variants and blocks
    /// are left out: the loader looks at their values when they are used.
    /// </summary>
    internal static string[] FaultsOfUsed(string text) => Read(text) is MapNode root ? Faults(root.Without("variants").Without("blocks")) : [];

    private static MapNode? Read(string text) => NodeReader.Read(text, "a.vae.yaml", new DiagnosticBag()) as MapNode;

    /// <summary>The JSON pointers of all values that the validator finds fault with.</summary>
    private static string[] Faults(MapNode root)
    {
        using var instance = JsonDocument.Parse(NodeJson.From(root)!.ToJsonString());
        EvaluationResults results = Schema.Evaluate(instance.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.Hierarchical });
        return [.. Invalid(results).Select(detail => detail.InstanceLocation.ToString()).Distinct()];
    }

    /// <summary>What failed within what failed: an alternative that does not fit is no fault where another does.</summary>
    private static IEnumerable<EvaluationResults> Invalid(EvaluationResults results)
    {
        if (results.IsValid)
            return [];
        IEnumerable<EvaluationResults> inner = (results.Details ?? []).SelectMany(Invalid);
        return results.Errors is { Count: > 0 } ? inner.Prepend(results) : inner;
    }

    /// <summary>The pointers of what stands at a place and of what holds it: a key that is one too many is the map's fault to some validators.</summary>
    private static string[] Places(Node root, Location location)
    {
        List<(string Pointer, Location Location)> all = [("", root.Location)];
        Walk(root, "", all);
        string[] here = [.. all.Where(entry => entry.Location.Line == location.Line && entry.Location.Column == location.Column).Select(entry => entry.Pointer)];
        return [.. here.SelectMany(pointer => (string[])[pointer, pointer[..Math.Max(0, pointer.LastIndexOf('/'))]]).Distinct()];
    }

    private static void Walk(Node node, string pointer, List<(string Pointer, Location Location)> all)
    {
        foreach (MapEntry entry in (node as MapNode)?.Entries ?? [])
        {
            string inner = $"{pointer}/{entry.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            all.Add((inner, entry.KeyLocation));
            all.Add((inner, entry.Value.Location));
            Walk(entry.Value, inner, all);
        }

        IReadOnlyList<Node> items = (node as ListNode)?.Items ?? [];
        for (int index = 0; index < items.Count; index++)
        {
            string inner = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
            all.Add((inner, items[index].Location));
            Walk(items[index], inner, all);
        }
    }

    [GeneratedRegex(@"\A# yaml-language-server: \$schema=(?<schema>\S+)\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Modeline();

    /// <summary>What the schema and the loader agree on.</summary>
    /// <param name="Seen">Codes of faults that a schema sees.</param>
    /// <param name="Blind">Broken specs with such a code whose fault it cannot see, and why.</param>
    /// <param name="Sharp">Broken specs with another code whose fault it sees nevertheless, and why.</param>
    private sealed record Agreement(string[] Seen, Dictionary<string, string> Blind, Dictionary<string, string> Sharp);
}
