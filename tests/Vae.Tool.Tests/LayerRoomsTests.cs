using System.Text.Json;
using Vae.Artifacts.Onnx;
using Vae.Artifacts.PyTorch;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Tests;
using Vae.Torch.Layers;
using Vae.Torch.Tests.Layers;

namespace Vae.Tool.Tests;

/// <summary>
/// A layer lives in a catalogue row, a module, an ONNX form and a PyTorch form, and shows in the builder, the page of layers, the schema and the file of what
/// PyTorch computed. Here, where all projects meet, each row is asked for all of them; that the numbers agree is for LayerOutputsTests and
/// <see cref="OnnxParityTests"/>, which run over the same catalogue.
/// </summary>
public class LayerRoomsTests
{
    private const string Data = "source: npy, path: x.npy, labels: y.npy, classes: 4, scale: none";

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "layers.md"));

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "specs", "vae.schema.json"))).RootElement;

    public static TheoryData<string> Rows => [.. LayerCatalogue.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_catalogue_is_everywhere_that_a_layer_lives(string name) => Assert.Empty(Missing(LayerCatalogue.Get(name)));

    [Fact]
    public void No_room_holds_a_layer_without_a_row()
    {
        string[] rows = [.. LayerCatalogue.All.Select(row => row.Name).Order(StringComparer.Ordinal)];

        Assert.Equal(rows, LayerModules.Names.Order(StringComparer.Ordinal));
        Assert.Equal(rows, OnnxLayerTable.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal(rows, PyTorchLayerTable.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal(rows, StoredOutputs.Cases.Select(KindOf).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>What a row lacks, in words.</summary>
    private static IEnumerable<string> Missing(LayerKind row)
    {
        if (row.Summary.Length == 0)
            yield return "a summary";
        foreach (Argument argument in row.Arguments.Where(argument => argument.Help.Length == 0))
            yield return $"help for '{argument.Name}'";
        if (!LayerModules.Names.Contains(row.Name))
            yield return "a module in Vae.Torch";
        if (!OnnxLayerTable.Kinds.Contains(row.Name))
            yield return "an ONNX form in Vae.Artifacts";
        if (!PyTorchLayerTable.Kinds.Contains(row.Name))
            yield return "a PyTorch form in Vae.Artifacts";
        if (!typeof(Dsl.Building.Layers).GetMethods().Any(method => method.Name.Equals(row.Name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)))
            yield return "a builder method";
        foreach (string what in MissingOnThePage(row).Concat(MissingInTheSchema(row)).Concat(UnlikePyTorch(row)))
            yield return what;
    }

    private static IEnumerable<string> MissingOnThePage(LayerKind row)
    {
        string[] section = [.. Page.SkipWhile(line => line != "### " + row.Name).Skip(1).TakeWhile(line => !line.StartsWith('#'))];
        if (!section.Contains(row.Summary))
            yield return "a section in docs/layers.md";
        foreach (Argument argument in row.Arguments)
        {
            string cell = argument.Name == row.MainArgument ? $"**{argument.Name}**" : argument.Name;
            if (!section.Any(line => line.StartsWith($"| {cell} |", StringComparison.Ordinal) && line.EndsWith($"| {argument.Help} |", StringComparison.Ordinal)))
                yield return $"a row for '{argument.Name}' in docs/layers.md";
        }
    }

    private static IEnumerable<string> MissingInTheSchema(LayerKind row)
    {
        JsonElement[] forms = [.. Schema.GetProperty("definitions").GetProperty("layer").GetProperty("anyOf").EnumerateArray()];
        if (!forms[0].GetProperty("properties").TryGetProperty(row.Name, out JsonElement form))
        {
            yield return "a form in specs/vae.schema.json";
            yield break;
        }

        if (form.GetProperty("description").GetString() != row.Summary)
            yield return "its summary in specs/vae.schema.json";
        // What is allowed besides a map may stand in forms of its own.
        JsonElement[] maps = form.TryGetProperty("anyOf", out JsonElement inner) ? [form, .. inner.EnumerateArray()] : [form];
        foreach (Argument argument in row.Arguments.Where(argument => !maps.Any(map => map.TryGetProperty("properties", out JsonElement arguments) && arguments.TryGetProperty(argument.Name, out _))))
            yield return $"'{argument.Name}' in specs/vae.schema.json";
        bool isWord = forms.Any(one => one.TryGetProperty("enum", out JsonElement words) && words.EnumerateArray().Any(word => word.GetString() == row.Name));
        if (isWord == row.Arguments.Any(argument => argument.Required))
            yield return isWord ? "a schema that asks for its arguments" : "the word alone in specs/vae.schema.json";
    }

    /// <summary>The shape rule against the shapes that PyTorch gave.</summary>
    private static IEnumerable<string> UnlikePyTorch(LayerKind row)
    {
        StoredCase[] cases = [.. StoredOutputs.Cases.Where(stored => KindOf(stored) == row.Name)];
        if (cases.Length == 0)
            yield return "outputs of PyTorch in tests/interop";
        foreach (StoredCase stored in cases)
        {
            SpecLoadResult loaded = SpecLoader.Parse($$"""
                vae: 1
                data: { {{Data}}, shape: {{new Shape(stored.Input)}} }
                condition: {{(row.Name == "concat" ? "{label: one-hot}" : "null")}}
                encoder:
                  - {{stored.Layer}}
                  - flatten
                latent: 1
                decoder: [linear: auto]
                loss: {reconstruction: gaussian}
                train: {epochs: 1}
                """);
            Shape inferred = loaded.Spec is { } spec ? spec.Encoder.Layers[^2].Output : [];
            if (inferred != new Shape(stored.Output))
                yield return $"the shape of PyTorch: '{stored.Layer}' on {new Shape(stored.Input)} gives {inferred}, not {new Shape(stored.Output)} {string.Join(' ', loaded.Diagnostics)}";
        }
    }

    private static string KindOf(StoredCase stored) => stored.Layer.Split(':')[0];
}
