using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Lays one map over another: maps merge deep, scalars and lists replace, null removes. Each leaf keeps the place it came from, and
/// a key the place where it first stood. Short forms of sections are expanded before.
/// </summary>
/// <param name="bag">Knows which keys of either map are excused.</param>
/// <param name="takesPlace">
/// Whether a merged map stands where the upper one does, as with a spec over its base: what is missing in it is to be written there.
/// What comes from a variant or from outside leaves the place as it is.
/// </param>
internal sealed class Merger(DiagnosticBag bag, bool takesPlace)
{
    public MapNode Merge(MapNode under, MapNode over, Place place) =>
        Merge(under, over, (entry, old) => Merge(old, entry, place.Find(entry.Key)?.Content));

    private Node Merge(Node under, MapEntry over, Content? content) => (content, under, over.Value) switch
    {
        (Content.Map(Place place), MapNode a, MapNode b) => Merge(a, b, place),
        (Content.Named(_, Place each, _), MapNode a, MapNode b) => Merge(a, b, (entry, old) => Merge(old, entry, new Content.Map(each))),
        (Content.Values, MapNode a, MapNode b) => Merge(a, b, (entry, _) => entry.Value),
        (Content.OneOf(ComponentCatalogue catalogue, _), _, _) => MergeChoice(under, over.Value, catalogue),
        _ => over.Value,
    };

    private MapNode Merge(MapNode under, MapNode over, Func<MapEntry, Node, Node> merge)
    {
        List<MapEntry?> entries = [.. under.Entries];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int index = 0; index < entries.Count; index++)
            places[entries[index]!.Key] = index;
        foreach (MapEntry entry in over.Entries)
        {
            bool isThere = places.TryGetValue(entry.Key, out int at);
            if (entry.Value is ScalarNode { IsNull: true })
            {
                if (isThere)
                    entries[at] = null;
                places.Remove(entry.Key);
            }
            else if (isThere)
            {
                entries[at] = entries[at]! with { Value = merge(entry, entries[at]!.Value) };
            }
            else
            {
                places[entry.Key] = entries.Count;
                entries.Add(entry);
            }
        }

        var merged = new MapNode([.. entries.OfType<MapEntry>()], takesPlace ? over.Location : under.Location);
        bag.Carry(under, merged);
        bag.Carry(over, merged);
        return merged;
    }

    /// <summary>Two choices of the same row merge their arguments; another row takes the old one's place.</summary>
    private Node MergeChoice(Node under, Node over, ComponentCatalogue catalogue)
    {
        if (Choice.Of(under, catalogue) is not { } old || Choice.Of(over, catalogue) is not { } chosen || old.Row != chosen.Row)
            return over;
        MapNode arguments = Merge(old.Arguments, chosen.Arguments, (entry, _) => entry.Value);
        return new MapNode([new MapEntry(chosen.Row.Name, chosen.Place, arguments)], over.Location);
    }
}
