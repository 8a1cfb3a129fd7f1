using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>Rows of catalogues as a spec writes them: <c>adam</c>, <c>{leaky-relu: 0.2}</c>, <c>{adamw: {weight-decay: 1e-4}}</c>.</summary>
internal static class ComponentReader
{
    /// <summary>The component; <c>null</c> where a diagnostic says what is wrong.</summary>
    public static Component? Read(Node node, ComponentCatalogue catalogue, DiagnosticBag bag) =>
        Choose(node, catalogue, bag) is (ComponentKind row, Node value) && ReadArguments(row, value, node.Location, bag) is Arguments arguments
            ? new Component(row.Name, arguments)
            : null;

    /// <summary>The row that a node names, and what it says about its arguments.</summary>
    public static (ComponentKind Row, Node Value)? Choose(Node node, ComponentCatalogue catalogue, DiagnosticBag bag)
    {
        MapEntry? entry = node switch
        {
            ScalarNode { IsBroken: true } => null,
            ScalarNode { IsNull: false } scalar => new MapEntry(scalar.Text, scalar.Location, new ScalarNode("", IsQuoted: false, scalar.Location)),
            MapNode { Entries: [{ } only] } => only,
            _ => null,
        };
        if (entry is null)
        {
            if (!ValueReader.IsBroken(node))
                bag.Add(DiagnosticTable.Syntax.NotOneKey, node.Location, $"expected one {catalogue.Noun}, as in '{Example(catalogue)}', got {Got(node)}");
            return null;
        }

        if (catalogue.TryGet(entry.Key, out ComponentKind? row))
            return (row, entry.Value);
        string suggestion = Suggestion.Nearest(entry.Key, catalogue.All.Select(known => known.Name), bag) is string near
            ? $" Did you mean '{near}'?"
            : Suggestion.For(entry.Key, [.. catalogue.All.Select(known => known.Name)], bag, out _);
        string list = suggestion.Length > 0 ? suggestion : $" There are: {string.Join(", ", catalogue.All.Select(known => known.Name))}.";
        bag.Add(DiagnosticTable.Syntax.UnknownComponent, entry.KeyLocation, $"unknown {catalogue.Noun} '{entry.Key}'.{list}");
        return null;
    }

    /// <summary>A row's arguments with every default filled in.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">Nothing, the main argument, or a map of arguments; keys that the row does not know are another's.</param>
    /// <param name="place">Where the component is written.</param>
    /// <param name="bag">Takes what is wrong.</param>
    /// <param name="readLayers">Reads an argument that is a list of layers; needed where the row has one.</param>
    public static Arguments? ReadArguments(ComponentKind row, Node value, Location place, DiagnosticBag bag, Func<Argument, Node, object?>? readLayers = null)
    {
        if (Choice.ArgumentsOf(row, value, place) is not MapNode map)
        {
            string arguments = row.Arguments.Count == 0 ? "it has no arguments" : $"write {{{string.Join(", ", row.Arguments.Select(argument => argument.Name + ": …"))}}}";
            if (!ValueReader.IsBroken(value))
                bag.Add(DiagnosticTable.Syntax.WrongType, value.Location, $"'{row.Name}' takes no single value, got {value.Described}; {arguments}");
            return null;
        }

        bool valid = true;
        Dictionary<string, object> values = [];
        foreach (Argument argument in row.Arguments)
        {
            object? read = argument.Default;
            if (map[argument.Name] is Node node)
            {
                read = argument.Type == ArgumentType.Layers ? readLayers!(argument, node) : ValueReader.Read(argument, node, row.Name, bag);
                valid &= read is not null;
            }
            else if (argument.Required)
            {
                valid = false;
                if (!bag.IsExcused(map, argument.Name))
                    bag.Add(DiagnosticTable.Syntax.Missing, place, $"'{row.Name}' needs '{argument.Name}': {argument.Help}");
            }

            if (read is not null)
                values[argument.Name] = argument.Type == ArgumentType.Float ? Convert.ToDouble(read, CultureInfo.InvariantCulture) : read;
        }

        return valid ? new Arguments(values) : null;
    }

    private static string Example(ComponentCatalogue catalogue) => catalogue.All[0].Name;

    private static string Got(Node node) => node is MapNode map ? $"a map of {map.Entries.Count.ToString(CultureInfo.InvariantCulture)} keys" : node.Described;
}
