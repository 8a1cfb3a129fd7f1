using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>Reports every key that is not known at its place, in the spec and in all its variants. Values are left to the readers.</summary>
internal sealed class KeyChecker(DiagnosticBag bag)
{
    public void Check(MapNode map, Place place)
    {
        foreach (MapEntry entry in map.Entries)
        {
            if (place.Find(entry.Key) is Key key)
                Check(entry, key.Content, place);
            else
                Unknown(entry, map, place.Described, [.. place.Keys.Where(known => known.Content is not Content.Later).Select(known => known.Name)]);
        }
    }

    private void Check(MapEntry entry, Content content, Place place)
    {
        switch (content)
        {
            case Content.Later when entry.Value is not ScalarNode { IsNull: true }:
                string path = place.Path.Length == 0 || place == Grammar.Variant ? entry.Key : $"{place.Path}.{entry.Key}";
                bag.Add(DiagnosticTable.Syntax.NotSupportedYet, entry.KeyLocation, $"'{path}' is part of the language but not supported by this version yet; remove it");
                break;
            case Content.Map(Place inner) when entry.Value is MapNode map:
                Check(map, inner);
                break;
            case Content.Named named when entry.Value is MapNode map:
                CheckNamed(map, named);
                break;
            case Content.Named named when entry.Value is not ScalarNode { IsNull: true }:
                RefuseNoMap(entry, $"'{entry.Key}' must be a map of names and values");
                break;
            case Content.Values values when entry.Value is not (MapNode or ScalarNode { IsNull: true }):
                RefuseNoMap(entry, $"'{entry.Key}' must be a map of {values.Noun}s and their values");
                break;
            case Content.OneOf(ComponentCatalogue catalogue, ValueList<string> beside):
                CheckComponent(entry.Value, catalogue, beside);
                break;
            case Content.ListOf(ComponentCatalogue catalogue) when entry.Value is ListNode list:
                foreach (Node item in list.Items)
                    CheckComponent(item, catalogue, []);
                break;
            case Content.Layers when entry.Value is ListNode list:
                foreach (Node item in list.Items)
                    CheckLayer(item);
                break;
            default:
                break;
        }
    }

    private void CheckNamed(MapNode map, Content.Named named)
    {
        foreach (MapEntry entry in map.Entries)
        {
            if (named.Names is not null && !named.Names.Contains(entry.Key))
                bag.Add(DiagnosticTable.Syntax.UnknownKey, entry.KeyLocation, $"unknown {named.Noun} '{entry.Key}'.{Meant(entry.Key, named.Names)}");
            else if (entry.Value is MapNode each)
                Check(each, named.Each);
            else if (entry.Value is not ScalarNode { IsNull: true })
                RefuseNoMap(entry, $"the {named.Noun} '{entry.Key}' must be a map");
        }
    }

    private void CheckLayer(Node item)
    {
        if (item is not MapNode { Entries: [{ } only] } map)
            return;
        // What a use may say depends on its block, which may be a base's.
        if (only.Key == "use")
            return;
        CheckComponent(map, Grammar.AllLayers, [.. Grammar.BesideLayer.Keys.Select(key => key.Name)]);
        if (only.Value is MapNode arguments && arguments["act"] is MapNode act)
            CheckComponent(act, Grammar.Activations, []);
        foreach (Node inner in InnerLayers.Of(item)?.Items ?? [])
            CheckLayer(inner);
    }

    /// <summary>The row's name is checked by its reader, which sees the short form too.</summary>
    private void CheckComponent(Node value, ComponentCatalogue catalogue, ValueList<string> beside)
    {
        if (value is not MapNode { Entries: [{ Value: MapNode arguments } only] } || !catalogue.TryGet(only.Key, out ComponentKind? row))
            return;
        string[] known = [.. row.Arguments.Select(argument => argument.Name), .. beside];
        if (catalogue == Grammar.AllLayers && Grammar.Activations.TryGet(row.Name, out _))
            known = [.. known.Where(name => name != "act")];
        foreach (MapEntry entry in arguments.Entries)
        {
            if (!known.Contains(entry.Key))
                Unknown(entry, arguments, $"'{row.Name}'", known);
        }
    }

    private void Unknown(MapEntry entry, MapNode map, string place, string[] known)
    {
        string suggestion = Suggestion.For(entry.Key, known, bag, out string? meant);
        if (meant is not null)
            bag.Excuse(map, meant);
        string where = place == Grammar.Root.Described ? "" : $" in {place}";
        string list = suggestion.Length == 0 && known.Length is > 0 and <= 12 ? $" Known there: {string.Join(", ", known)}." : suggestion;
        bag.Add(DiagnosticTable.Syntax.UnknownKey, entry.KeyLocation, $"unknown key '{entry.Key}'{where}.{list}");
    }

    private void RefuseNoMap(MapEntry entry, string expected) =>
        bag.Add(DiagnosticTable.Syntax.WrongType, entry.Value.Location, $"{expected}, as in '{entry.Key}: {{key: value}}', got {entry.Value.Described}");

    private string Meant(string word, ValueList<string> names) =>
        Suggestion.Nearest(word, names, bag) is string near ? $" Did you mean '{near}'?" : $" There are: {string.Join(", ", names)}.";
}
