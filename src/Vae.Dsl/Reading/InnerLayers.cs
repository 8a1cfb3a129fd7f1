using Vae.Dsl.Catalogue;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The list of layers that is written inside a layer, in its map or in place of it: <c>residual: {layers: […]}</c>, <c>residual: […]</c>.</summary>
internal static class InnerLayers
{
    /// <summary>The list; <c>null</c> where there is none.</summary>
    public static ListNode? Of(Node item) => Find(item) is (MapEntry layer, Argument argument)
        ? (layer.Value as MapNode)?[argument.Name] as ListNode ?? (layer.Value is ListNode list ? list : null)
        : null;

    /// <summary>The layer with another list.</summary>
    public static Node With(Node item, ListNode inner)
    {
        if (item is not MapNode map || Find(item) is not (MapEntry layer, Argument argument))
            return item;
        Node value = layer.Value is MapNode arguments ? arguments.With(arguments.Find(argument.Name)! with { Value = inner }) : inner;
        return map with { Entries = [layer with { Value = value }] };
    }

    private static (MapEntry Layer, Argument Argument)? Find(Node item) =>
        item is MapNode { Entries: [{ } only] } && LayerCatalogue.TryGet(only.Key, out LayerKind? row) &&
        row.Arguments.FirstOrDefault(argument => argument.Type == ArgumentType.Layers) is Argument argument &&
        (only.Value is MapNode || row.MainArgument == argument.Name)
            ? (only, argument)
            : null;
}
