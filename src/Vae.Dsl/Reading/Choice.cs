using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>A row of a catalogue as a spec chooses it, whichever of its forms it is written in.</summary>
/// <param name="Row">The row.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Arguments">Its arguments, the main one by name.</param>
internal sealed record Choice(ComponentKind Row, Location Place, MapNode Arguments)
{
    /// <summary>The choice; <c>null</c> where the node is none of this catalogue.</summary>
    public static Choice? Of(Node node, ComponentCatalogue catalogue)
    {
        (string? name, Location place, Node? value) = node switch
        {
            ScalarNode scalar => (scalar.Text, scalar.Location, null),
            MapNode { Entries: [{ } only] } => (only.Key, only.KeyLocation, only.Value),
            _ => (null, node.Location, (Node?)null),
        };
        return name is not null && catalogue.TryGet(name, out ComponentKind? row) && ArgumentsOf(row, value, place) is MapNode arguments
            ? new Choice(row, place, arguments)
            : null;
    }

    /// <summary>The arguments as a map; <c>null</c> where they are none.</summary>
    public static MapNode? ArgumentsOf(ComponentKind row, Node? value, Location place) => value switch
    {
        MapNode map => map,
        null or ScalarNode { IsNull: true } => new MapNode([], place),
        _ when row.MainArgument is string main => new MapNode([new MapEntry(main, value.Location, value)], place),
        _ => null,
    };
}
