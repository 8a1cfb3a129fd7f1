using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Inference;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// The way from a tree to a spec: short forms, keys, variant and overrides laid over, parameters substituted, sections read,
/// shapes inferred, and what belongs together compared. Every step goes on after a fault, so that all faults are reported.
/// </summary>
internal sealed partial class SpecReader(string fileName, DiagnosticBag bag)
{
    public Spec? Read(Node? root, SpecLoadOptions options)
    {
        if (root is not MapNode map)
        {
            bag.Add(DiagnosticTable.Syntax.NotASpec, root?.Location ?? new Location(fileName, 1, 1), $"a spec is a map that begins with 'vae: 1'{(root is null ? "; the file is empty" : $", got {root.Described}")}");
            return null;
        }

        if (!TryVersion(map))
            return null;
        map = Shorthand.Expand(map, Grammar.Root, bag);
        new KeyChecker(bag).Check(map, Grammar.Root);
        map = Overlay(map, options);
        string name = ReadName(map);
        ParameterTable parameters = ParameterTable.Read(map["params"], name, bag);
        map = (MapNode)new Substitution(parameters, bag).Apply(map.Without("params").Without("variants").Without("name"));
        return ReadSections(map, name);
    }

    private bool TryVersion(MapNode map)
    {
        if (map.Entries is not [{ Key: "vae" } first, ..])
        {
            MapEntry? later = map.Find("vae");
            bag.Add(
                DiagnosticTable.Syntax.Version,
                later?.KeyLocation ?? map.Location with { EndLine = 0, EndColumn = 0 },
                later is null ? "a spec begins with the language version; write 'vae: 1' as its first line" : "'vae: 1' must be the first key; move it to the top");
            // Its other faults are worth reporting, unless the file may be something else altogether.
            return later is not null;
        }

        if (first.Value is ScalarNode { IsQuoted: false, Text: "1" })
            return true;
        bool newer = first.Value is ScalarNode scalar && Numerals.TryInt(scalar, out long version) && version > 1;
        bag.Add(DiagnosticTable.Syntax.Version, first.Value.Location, newer
            ? $"this spec is written in version {((ScalarNode)first.Value).Text} of the language, but this tool knows version 1; use a newer tool"
            : $"the language version must be 1, got {first.Value.Described}; write 'vae: 1'");
        return !newer;
    }

    private MapNode Overlay(MapNode map, SpecLoadOptions options)
    {
        if (options.Variant is string variant)
        {
            var variants = map["variants"] as MapNode;
            if (variants?.Find(variant) is { Value: MapNode partial })
            {
                map = Merger.Merge(map, partial, Grammar.Root);
            }
            else if (variants?.Find(variant) is not { Value: ScalarNode { IsNull: true } })
            {
                string list = variants is { Entries.Count: > 0 } ? $" There are: {string.Join(", ", variants.Entries.Select(entry => entry.Key))}." : " It has none.";
                bag.Add(DiagnosticTable.Syntax.UnknownVariant, new Location(fileName, 0, 0), $"the spec has no variant '{variant}'.{list}");
            }
        }

        foreach (string parameter in options.Parameters)
        {
            if (Overrides.FromParameter(parameter, map, bag) is MapNode over)
                map = Merger.Merge(map, over, Grammar.Root);
        }

        foreach (string set in options.Sets)
        {
            if (Overrides.FromPath(set, bag) is not MapNode over)
                continue;
            new KeyChecker(bag).Check(over, Grammar.Root);
            map = Merger.Merge(map, over, Grammar.Root);
        }

        return map;
    }

    private string ReadName(MapNode map)
    {
        if (map["name"] is Node node)
        {
            if (node is not ScalarNode scalar || !NamePattern().IsMatch(scalar.Text))
                bag.Add(DiagnosticTable.Syntax.BadName, node.Location, $"'name' must be lower-case letters, digits and '-', beginning with a letter or digit, got {node.Described}");
            return (node as ScalarNode)?.Text ?? "";
        }

        string name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = name.EndsWith(".vae.yaml", StringComparison.OrdinalIgnoreCase) ? name[..^".vae.yaml".Length] : Path.GetFileNameWithoutExtension(name);
        if (!NamePattern().IsMatch(name) && !bag.IsExcused(map, "name"))
            bag.Add(DiagnosticTable.Syntax.BadName, map.Location, $"the file's name gives no name for the spec ('{name}' is not made of lower-case letters, digits and '-'); add 'name: my-model' below 'vae: 1'");
        return name;
    }

    private Spec? ReadSections(MapNode map, string name)
    {
        string? description = new Fields(map, Grammar.Root, bag).Text("description");
        DataSpec? data = Section(map, "data", required: true) is MapNode dataMap ? DataReader.Read(dataMap, bag) : null;
        IReadOnlyList<Layer>? encoderLayers = Layers(map, "encoder");
        LatentSpec? latent = Section(map, "latent", required: true) is MapNode latentMap ? LatentReader.Read(latentMap, bag) : null;
        IReadOnlyList<Layer>? decoderLayers = Layers(map, "decoder");
        LossSpec? loss = Section(map, "loss", required: true) is MapNode lossMap ? LossReader.Read(lossMap, bag) : null;
        TrainSpec? train = Section(map, "train", required: true) is MapNode trainMap ? TrainReader.Read(trainMap, bag) : null;
        ArtifactsSpec artifacts = Section(map, "artifacts", required: false) is MapNode artifactsMap ? ArtifactsReader.Read(artifactsMap, data, bag) : new ArtifactsSpec();
        ChecksSpec checks = Section(map, "checks", required: false) is MapNode checksMap ? ChecksReader.Read(checksMap, bag) : new ChecksSpec();

        Network? encoder = data is null || encoderLayers is null ? null : InferEncoder(encoderLayers, data.Shape, map);
        Network? decoder = data is null || latent is null || decoderLayers is null ? null : InferDecoder(decoderLayers, latent.Dim, data.Shape, map);
        if (data is null || encoder is null || latent is null || decoder is null || loss is null || train is null)
            return null;

        var spec = new Spec
        {
            Name = name,
            Description = description,
            Data = data,
            Encoder = encoder,
            Latent = latent,
            Decoder = decoder,
            Loss = loss,
            Train = train,
            Artifacts = artifacts,
            Checks = checks,
        };
        new Consistency(spec, map, bag).Check();
        new LayerConsistency(spec, bag).Check();
        return bag.HasErrors ? null : spec;
    }

    private MapNode? Section(MapNode map, string key, bool required)
    {
        Node? node = map[key];
        if (node is MapNode section)
            return section;
        if (node is null && required && !bag.IsExcused(map, key))
            bag.Add(DiagnosticTable.Syntax.Missing, Start(map), $"the spec has no '{key}': {Help(key)}");
        else if (node is not null && !ValueReader.IsBroken(node))
            bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'{key}' must be a map of keys and values, got {node.Described}");
        return null;
    }

    private IReadOnlyList<Layer>? Layers(MapNode map, string network)
    {
        if (map[network] is Node node)
            return new LayerReader(network, bag).Read(node);
        if (!bag.IsExcused(map, network))
            bag.Add(DiagnosticTable.Syntax.Missing, Start(map), $"the spec has no '{network}': {Help(network)} Write '{network}: []' for none");
        return null;
    }

    private Network? InferEncoder(IReadOnlyList<Layer> layers, Shape input, MapNode map)
    {
        if (ShapeInference.Infer(layers, input, null, "encoder", bag) is not Network encoder)
            return null;
        if (encoder.Output.Rank == 1)
            return encoder;
        Location place = (encoder.Layers.Count > 0 ? encoder.Layers[^1].Origin : null) ?? map["encoder"]!.Location;
        bag.Add(DiagnosticTable.Meaning.EncoderOutput, place, $"the encoder ends with {encoder.Output}, but the heads for mu and log-variance read a vector: {ShapeInference.Chain(encoder.Layers, encoder.Input.ToString())}. Add '- flatten' at its end.");
        return null;
    }

    private Network? InferDecoder(IReadOnlyList<Layer> layers, int dim, Shape target, MapNode map)
    {
        if (ShapeInference.Infer(layers, [dim], target, "decoder", bag) is not Network decoder)
            return null;
        if (decoder.Output == target)
            return decoder;
        // The last layer with a say in the shape is to blame, not the activation behind it.
        Location place = decoder.Layers.LastOrDefault(layer => layer.Output != layer.Input)?.Origin ?? map["decoder"]!.Location;
        string chain = ShapeInference.Chain(decoder.Layers, $"z {dim.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        bag.Add(DiagnosticTable.Meaning.DecoderShape, place, $"the decoder ends with {decoder.Output} but data.shape is {target}: {chain}. {DecoderProposal.For(decoder, target)}");
        return null;
    }

    private static string Help(string key) => Grammar.Root.Find(key)!.Help;

    private static Location Start(MapNode map) => map.Location with { EndLine = 0, EndColumn = 0 };

    [GeneratedRegex(Grammar.SpecName)]
    private static partial Regex NamePattern();
}
