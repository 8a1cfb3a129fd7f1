using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Lays one map over another: maps merge deep, scalars and lists replace, null removes. Each leaf keeps the place it came from.
/// Short forms of sections are expanded before.
/// </summary>
internal static class Merger
{
    public static MapNode Merge(MapNode under, MapNode over, Place place)
    {
        MapNode merged = under;
        foreach (MapEntry entry in over.Entries)
        {
            if (entry.Value is ScalarNode { IsNull: true })
                merged = merged.Without(entry.Key);
            else if (merged.Find(entry.Key) is MapEntry old)
                merged = merged.With(old with { Value = Merge(old.Value, entry.Value, place.Find(entry.Key)?.Content) });
            else
                merged = merged.With(entry);
        }

        return merged;
    }

    private static Node Merge(Node under, Node over, Content? content) => (content, under, over) switch
    {
        (Content.Map(Place place), MapNode a, MapNode b) => Merge(a, b, place),
        (Content.Named(_, Place each, _), MapNode a, MapNode b) => MergeNamed(a, b, each),
        (Content.OneOf(ComponentCatalogue catalogue, _), _, _) => MergeChoice(under, over, catalogue),
        _ => over,
    };

    private static MapNode MergeNamed(MapNode under, MapNode over, Place each)
    {
        MapNode merged = under;
        foreach (MapEntry entry in over.Entries)
        {
            if (entry.Value is ScalarNode { IsNull: true })
                merged = merged.Without(entry.Key);
            else if (merged.Find(entry.Key) is { Value: MapNode old } oldEntry && entry.Value is MapNode value)
                merged = merged.With(oldEntry with { Value = Merge(old, value, each) });
            else
                merged = merged.With(entry);
        }

        return merged;
    }

    /// <summary>Two choices of the same row merge their arguments; another row takes the old one's place.</summary>
    private static Node MergeChoice(Node under, Node over, ComponentCatalogue catalogue)
    {
        if (Chosen(under, catalogue) is not ({ } oldName, { } oldArguments) || Chosen(over, catalogue) is not ({ } newName, { } newArguments) || oldName.Key != newName.Key)
            return over;
        MapNode merged = oldArguments;
        foreach (MapEntry entry in newArguments.Entries)
            merged = entry.Value is ScalarNode { IsNull: true } ? merged.Without(entry.Key) : merged.With(entry);
        return new MapNode([newName with { Value = merged }], over.Location);
    }

    private static (MapEntry? Name, MapNode? Arguments) Chosen(Node node, ComponentCatalogue catalogue)
    {
        MapEntry? entry = node switch
        {
            ScalarNode scalar => new MapEntry(scalar.Text, scalar.Location, new ScalarNode("", IsQuoted: false, scalar.Location)),
            MapNode { Entries: [{ } only] } => only,
            _ => null,
        };
        if (entry is null || !catalogue.TryGet(entry.Key, out ComponentKind? row))
            return (null, null);
        return entry.Value switch
        {
            MapNode map => (entry, map),
            ScalarNode { IsNull: true } nothing => (entry, new MapNode([], nothing.Location)),
            _ when row.MainArgument is string main => (entry, new MapNode([new MapEntry(main, entry.Value.Location, entry.Value)], entry.Value.Location)),
            _ => (null, null),
        };
    }
}
