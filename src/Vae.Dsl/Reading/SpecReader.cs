using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Inference;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// The way from a chain of files to a spec: bases merged, variant and overrides laid over, parameters substituted, blocks expanded,
/// sections read, shapes inferred, and what belongs together compared. Every step goes on after a fault, so that all faults are reported.
/// </summary>
/// <param name="chain">The spec and its bases, the spec first.</param>
/// <param name="options">What is laid over them.</param>
/// <param name="bag">Takes what is wrong; it knows already what is wrong with the files themselves.</param>
internal sealed partial class SpecReader(IReadOnlyList<SpecFile> chain, SpecLoadOptions options, DiagnosticBag bag)
{
    private readonly Merger merger = new(bag, takesPlace: false);

    private string FileName => chain[0].Path;

    private bool IsAbstract => chain[0].Abstract is not null;

    /// <summary>The spec with the places of its values; without a spec where there is an error, or where it is abstract.</summary>
    public SpecLoadResult Read() => Read([], name: null);

    /// <summary>The points of the spec's sweep; none where it has no sweep, and <c>null</c> where a diagnostic says what is wrong.</summary>
    public (string Name, IReadOnlyList<IReadOnlyList<MapEntry>>? Points) ReadSweep()
    {
        MapNode map = Overlay(Merged());
        ScalarNode name = ReadName(map);
        // Those that are swept need no value of their own.
        IReadOnlyList<IReadOnlyList<MapEntry>>? points = SweepReader.Read(map["sweep"], ParameterTable.Read(map["params"], name, isComplete: false, bag), bag);
        if (points is [])
            bag.Add(DiagnosticTable.Syntax.BadSweep, new Location(FileName, 0, 0), "the spec has no 'sweep'; write one, as in 'sweep: {beta: [0.1, 1, 4]}'");
        foreach (MapEntry swept in points is [{ } first, ..] ? first : [])
        {
            if (options.Parameters.FirstOrDefault(parameter => parameter.StartsWith(swept.Key + "=", StringComparison.Ordinal)) is string given)
                bag.Add(DiagnosticTable.Syntax.BadSweep, new Location("--param " + given, 0, 0), $"'{swept.Key}' is swept, so it has no one value; leave --param out, or the parameter out of 'sweep'");
        }

        return (name.Text, points);
    }

    /// <summary>One point of a sweep.</summary>
    /// <param name="values">Parameters and their values, which go before all others.</param>
    /// <param name="name">The point's name; <c>null</c> for the spec's own. <c>$(name)</c> is the spec's own in any case.</param>
    public SpecLoadResult Read(IReadOnlyList<MapEntry> values, string? name)
    {
        MapNode map = Overlay(Merged());
        foreach (MapEntry value in values)
            map = merger.Merge(map, Overrides.Nest(["params", value.Key, "default"], value.Value, value.KeyLocation), Grammar.Root);
        ScalarNode own = ReadName(map);
        var parameters = ParameterTable.Read(map["params"], own, isComplete: !IsAbstract, bag);
        SweepReader.Read(map["sweep"], parameters, bag);
        var substitution = new Substitution(bag);
        Node? declared = map["blocks"];
        foreach (string key in (string[])["vae", "name", "abstract", "extends", "params", "blocks", "variants", "sweep"])
            map = map.Without(key);
        map = (MapNode)substitution.Apply(map, parameters);
        var blocks = new BlockExpander(declared, parameters, substitution, bag);
        map = map with { Entries = [.. map.Entries.Select(entry => entry.Key is "encoder" or "decoder" ? entry with { Value = blocks.Expand(entry.Value) } : entry)] };
        Spec? spec = ReadSections(map, name ?? own.Text);
        return IsAbstract
            ? new SpecLoadResult(null, OfBase(bag.Sorted())) { AbstractAt = chain[0].Abstract }
            : new SpecLoadResult(bag.HasErrors ? null : spec, bag.Sorted())
            {
                Origins = spec is null || bag.HasErrors ? [] : OriginFinder.Find(spec, map, own),
                ChecksAt = map.Find("checks")?.KeyLocation,
            };
    }

    /// <summary>The files as one map: from the last base on, each with the values that the next gives it and then that one laid over it.</summary>
    private MapNode Merged()
    {
        var files = new Merger(bag, takesPlace: true);
        MapNode map = chain[^1].Map;
        for (int index = chain.Count - 2; index >= 0; index--)
        {
            MapNode over = chain[index].Map;
            foreach (string own in (string[])["name", "abstract", "extends"])
                map = map.Without(own);
            foreach (MapEntry value in ((over["extends"] as MapNode)?["with"] as MapNode)?.Entries ?? [])
                map = With(map, value);
            map = files.Merge(map, over, Grammar.Root);
        }

        return map;
    }

    /// <summary>A base with one of its parameters given by <c>with</c>.</summary>
    private MapNode With(MapNode map, MapEntry value)
    {
        if (value.Value is ScalarNode { IsNull: true })
        {
            bag.Add(DiagnosticTable.Syntax.Missing, value.KeyLocation, $"'with' gives '{value.Key}' no value; write one, or leave it out for the base's own");
            return map;
        }

        if (!IsDeclared(map, value.Key, value.KeyLocation, "the base"))
            return map;
        return merger.Merge(map, Overrides.Nest(["params", value.Key, "default"], value.Value, value.KeyLocation), Grammar.Root);
    }

    private bool IsDeclared(MapNode map, string parameter, Location place, string owner)
    {
        var declared = map["params"] as MapNode;
        if (declared?.Find(parameter) is not null)
            return true;
        string near = Suggestion.Nearest(parameter, declared?.Entries.Select(entry => entry.Key) ?? [], bag) is string meant ? $" Did you mean '{meant}'?"
            : declared is { Entries.Count: > 0 } ? $" It has: {string.Join(", ", declared.Entries.Select(entry => entry.Key))}."
            : " It has none.";
        bag.Add(DiagnosticTable.Syntax.UnknownParameter, place, $"{owner} declares no parameter '{parameter}'.{near}");
        return false;
    }

    private MapNode Overlay(MapNode map)
    {
        if (options.Variant is string variant)
        {
            var variants = map["variants"] as MapNode;
            if (variants?.Find(variant) is { Value: MapNode partial })
            {
                map = merger.Merge(map, partial, Grammar.Root);
            }
            else if (variants?.Find(variant) is not { Value: ScalarNode { IsNull: true } })
            {
                string list = variants is { Entries.Count: > 0 } ? $" There are: {string.Join(", ", variants.Entries.Select(entry => entry.Key))}." : " It has none.";
                bag.Add(DiagnosticTable.Syntax.UnknownVariant, new Location(FileName, 0, 0), $"the spec has no variant '{variant}'.{list}");
            }
        }

        foreach (string parameter in options.Parameters)
        {
            if (Overrides.FromParameter(parameter, bag) is (string name, MapNode over, Location place) && IsDeclared(map, name, place, "the spec"))
                map = merger.Merge(map, over, Grammar.Root);
        }

        foreach (string set in options.Sets)
        {
            if (Overrides.FromPath(set, map, bag) is not MapNode over)
                continue;
            new KeyChecker(bag).Check(over, Grammar.Root);
            map = merger.Merge(map, over, Grammar.Root);
        }

        return map;
    }

    /// <summary>The spec's name and where it stands; without one, the file's.</summary>
    private ScalarNode ReadName(MapNode map)
    {
        if (map["name"] is Node node)
        {
            if (node is ScalarNode scalar && NamePattern().IsMatch(scalar.Text))
                return scalar with { IsQuoted = true };
            bag.Add(DiagnosticTable.Syntax.BadName, node.Location, $"'name' must be lower-case letters, digits and '-', beginning with a letter or digit, got {node.Described}");
            return new ScalarNode((node as ScalarNode)?.Text ?? "", IsQuoted: true, node.Location);
        }

        string name = FileName[(FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = name.EndsWith(".vae.yaml", StringComparison.OrdinalIgnoreCase) ? name[..^".vae.yaml".Length] : Path.GetFileNameWithoutExtension(name);
        if (!NamePattern().IsMatch(name) && !bag.IsExcused(map, "name"))
            bag.Add(DiagnosticTable.Syntax.BadName, map.Location, $"the file's name gives no name for the spec ('{name}' is not made of lower-case letters, digits and '-'); add 'name: my-model' below 'vae: 1'");
        return new ScalarNode(name, IsQuoted: true, new Location(FileName, 0, 0));
    }

    /// <summary>
    /// What is wrong with a base whatever extends it. It may be incomplete, so nothing is missing in it, and what its parts mean together
    /// is not known yet.
    /// </summary>
    private static IReadOnlyList<Diagnostic> OfBase(IReadOnlyList<Diagnostic> all) =>
        [.. all.Where(diagnostic => diagnostic.Code != DiagnosticTable.Syntax.Missing && !MeaningCodes.Contains(diagnostic.Code))];

    private static HashSet<DiagnosticCode> MeaningCodes { get; } =
        [.. DiagnosticTable.All.Where(code => code.Id.StartsWith("VAE2", StringComparison.Ordinal))];

    private Spec? ReadSections(MapNode map, string name)
    {
        string? description = new Fields(map, Grammar.Root, bag).Text("description");
        DataSpec? data = Section(map, "data") is MapNode dataMap ? DataReader.Read(dataMap, bag) : null;
        ConditionSpec? condition = Section(map, "condition") is MapNode conditionMap ? ConditionReader.Read(conditionMap, data, bag) : null;
        IReadOnlyList<Layer>? encoderLayers = Layers(map, "encoder", condition);
        LatentSpec? latent = Section(map, "latent") is MapNode latentMap ? LatentReader.Read(latentMap, bag) : null;
        IReadOnlyList<Layer>? decoderLayers = Layers(map, "decoder", condition);
        LossSpec? loss = Section(map, "loss") is MapNode lossMap ? LossReader.Read(lossMap, bag) : null;
        TrainSpec? train = Section(map, "train") is MapNode trainMap ? TrainReader.Read(trainMap, bag) : null;
        ChecksSpec checks = Section(map, "checks") is MapNode checksMap ? ChecksReader.Read(checksMap, bag) : new ChecksSpec();

        Network? encoder = data is null || encoderLayers is null ? null : InferEncoder(encoderLayers, data.Shape, map);
        Network? decoder = data is null || latent is null || decoderLayers is null ? null : InferDecoder(decoderLayers, latent.Dim, data.Shape, map);
        ArtifactsSpec artifacts = Section(map, "artifacts") is MapNode artifactsMap ? ArtifactsReader.Read(artifactsMap, data, decoder, condition, bag) : new ArtifactsSpec();
        if (data is null || encoder is null || latent is null || decoder is null || loss is null || train is null)
            return null;

        var spec = new Spec
        {
            Name = name,
            Description = description,
            Data = data,
            // A condition that no layer reads would only ask for labels.
            Condition = encoder.ReadsLabel || decoder.ReadsLabel ? condition : null,
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

    private MapNode? Section(MapNode map, string key)
    {
        Node? node = map[key];
        if (node is MapNode section)
            return section;
        if (node is null && Grammar.Root.Find(key)!.Required && !bag.IsExcused(map, key))
            bag.Add(DiagnosticTable.Syntax.Missing, Start(map), $"the spec has no '{key}': {Help(key)}");
        else if (node is not null && !ValueReader.IsBroken(node))
            bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'{key}' must be a map of keys and values, got {node.Described}");
        return null;
    }

    private IReadOnlyList<Layer>? Layers(MapNode map, string network, ConditionSpec? condition)
    {
        if (map[network] is Node node)
            return new LayerReader(network, bag).Read(node) is { } layers ? LabelJoin.Resolve(layers, map["condition"] is not null, condition, bag) : null;
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
        bag.Add(DiagnosticTable.Meaning.EncoderOutput, place, $"the encoder ends with {encoder.Output}, but the heads for mu and log-variance read a vector: {ShapeInference.Chain(encoder.Layers, encoder.Input.ToString(), place)}. Add '- flatten' at its end.");
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
        string steps = ShapeInference.Chain(decoder.Layers, $"z {dim.ToString(System.Globalization.CultureInfo.InvariantCulture)}", place);
        bag.Add(DiagnosticTable.Meaning.DecoderShape, place, $"the decoder ends with {decoder.Output} but data.shape is {target}: {steps}. {DecoderProposal.For(decoder, target, place)}");
        return null;
    }

    private static string Help(string key) => Grammar.Root.Find(key)!.Help;

    private static Location Start(MapNode map) => map.Location with { EndLine = 0, EndColumn = 0 };

    [GeneratedRegex(Grammar.SpecName)]
    private static partial Regex NamePattern();
}
