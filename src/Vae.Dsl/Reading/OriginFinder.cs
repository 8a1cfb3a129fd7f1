using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;
using Vae.Dsl.Writing;

namespace Vae.Dsl.Reading;

/// <summary>Finds for every value of the resolved form what was written for it. What nothing was written for is a default.</summary>
internal sealed class OriginFinder
{
    private readonly List<Origin> found = [];

    private OriginFinder()
    {
    }

    /// <summary>The origins in the order of the resolved form.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="written">The merged tree that it was read from, parameters in their places.</param>
    /// <param name="name">The spec's name, with its place.</param>
    public static IReadOnlyList<Origin> Find(Spec spec, MapNode written, ScalarNode name)
    {
        var finder = new OriginFinder();
        foreach (MapEntry entry in SpecNodes.From(spec).Entries)
        {
            if (entry.Key == "name")
                finder.Add(entry.Key, entry.Value, name);
            else if (entry.Key is "encoder" or "decoder")
                finder.WalkLayers(entry.Key, (ListNode)entry.Value, (entry.Key == "encoder" ? spec.Encoder : spec.Decoder).Layers);
            else if (entry.Key != "vae")
                finder.Walk(entry.Key, entry.Value, written[entry.Key], Grammar.Root.Find(entry.Key)?.Content);
        }

        return finder.found;
    }

    private void Walk(string path, Node resolved, Node? written, Content? content)
    {
        switch (content, resolved)
        {
            case (Content.OneOf(ComponentCatalogue catalogue, _), _):
                WalkChoice(path, resolved, written, catalogue);
                break;
            case (Content.ListOf(ComponentCatalogue catalogue), ListNode { Items.Count: > 0 } list):
                // Without a list of its own the whole is a default.
                var items = written as ListNode;
                for (int index = 0; index < list.Items.Count; index++)
                    WalkChoice($"{path}.{Number(index)}", list.Items[index], items?.Items.ElementAtOrDefault(index) ?? written, catalogue);
                break;
            case (Content.Map(Place place), MapNode map):
                WalkMap(path, map, written, key => place.Find(key)?.Content);
                break;
            case (Content.Named(_, Place each, _), MapNode map):
                WalkMap(path, map, written, _ => new Content.Map(each));
                break;
            case (_, MapNode { Entries.Count: > 0 } map):
                WalkMap(path, map, written, _ => null);
                break;
            default:
                Add(path, resolved, written);
                break;
        }
    }

    /// <summary>What a short form says is said of all that it stands for.</summary>
    private void WalkMap(string path, MapNode resolved, Node? written, Func<string, Content?> contentOf)
    {
        foreach (MapEntry entry in resolved.Entries)
            Walk($"{path}.{entry.Key}", entry.Value, written is MapNode map ? map[entry.Key] : written, contentOf(entry.Key));
    }

    private void WalkChoice(string path, Node resolved, Node? written, ComponentCatalogue catalogue)
    {
        (string kind, MapNode? arguments) = resolved is MapNode { Entries: [{ } only] } ? (only.Key, only.Value as MapNode) : (((ScalarNode)resolved).Text, null);
        Choice? choice = written is null ? null : Choice.Of(written, catalogue);
        WalkRow(path, kind, arguments, written is ScalarNode scalar ? scalar : choice is null ? null : At(choice.Place), choice?.Arguments);
    }

    private void WalkLayers(string path, ListNode resolved, ValueList<Layer> layers)
    {
        for (int index = 0; index < layers.Count; index++)
        {
            Layer layer = layers[index];
            MapNode? arguments = resolved.Items[index] is MapNode { Entries: [{ Value: MapNode map }] } ? map : null;
            WalkRow($"{path}.{Number(index)}", layer.Kind, arguments, layer.Origin is { } origin ? At(origin) : null, layer.Written, layer);
        }
    }

    private void WalkRow(string path, string kind, MapNode? resolved, ScalarNode? place, MapNode? written, Layer? layer = null)
    {
        Add(path, new ScalarNode(kind, IsQuoted: false, Nowhere), place);
        foreach (MapEntry argument in resolved?.Entries ?? [])
        {
            if (argument.Value is ListNode list && layer is not null && layer.Arguments.TryGetValue(argument.Key, out object? value) && value is ValueList<Layer> inner)
                WalkLayers($"{path}.{kind}.{argument.Key}", list, inner);
            else
                Add($"{path}.{kind}.{argument.Key}", argument.Value, written?[argument.Key]);
        }
    }

    private void Add(string path, Node resolved, Node? written)
    {
        ParameterUse? use = written switch
        {
            ScalarNode scalar => scalar.Parameter,
            ListNode list => list.Parameter ?? list.Items.OfType<ScalarNode>().FirstOrDefault(item => item.Parameter is not null)?.Parameter,
            _ => null,
        };
        // A list that is only partly a parameter's stands where it stands.
        Location? place = written is ListNode { Parameter: null } ? written.Location : use?.Place ?? written?.Location;
        found.Add(new Origin(path, YamlWriter.Flow(resolved), place, use?.Name));
    }

    private static Location Nowhere { get; } = new("spec", 0, 0);

    private static ScalarNode At(Location place) => new("", IsQuoted: false, place);

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
