using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>A list item <c>use</c>, taken apart.</summary>
/// <param name="Origin">Where <c>use</c> stands.</param>
/// <param name="Block">The block's name.</param>
/// <param name="Arguments">The plain values of parameters.</param>
/// <param name="Each">The lists of values; <c>null</c> without <c>each</c>.</param>
internal sealed record WrittenUse(Location Origin, ScalarNode Block, IReadOnlyList<MapEntry> Arguments, MapNode? Each)
{
    /// <summary>Whether a list item is meant as a use. One with further keys beside <c>use</c> is left to the reader of layers.</summary>
    public static bool Is(Node item) => item is ScalarNode { Text: "use", IsBroken: false } or MapNode { Entries: [{ Key: "use" }] };

    /// <summary>The use; <c>null</c> where a diagnostic says what is wrong with it.</summary>
    public static WrittenUse? Read(Node item, DiagnosticBag bag)
    {
        Location origin = item is MapNode { Entries: [{ } only] } ? only.KeyLocation : item.Location;
        Node value = item is MapNode { Entries: [{ Value: { } given }] } ? given : new ScalarNode("", IsQuoted: false, origin);
        MapNode? map = value switch
        {
            MapNode written => written,
            ScalarNode { IsNull: true } => new MapNode([], origin),
            _ => new MapNode([new MapEntry(Grammar.Use.Short!, value.Location, value)], origin),
        };
        Node? block = map["block"];
        if (block is not ScalarNode name)
        {
            if (block is not null)
                bag.Add(DiagnosticTable.Syntax.WrongType, block.Location, $"'use' names one block, got {block.Described}");
            else
                bag.Add(DiagnosticTable.Syntax.Missing, origin, "'use' needs 'block', as in 'use: {block: down, ch: 32}'");
            return null;
        }

        if (map["each"] is Node each and not MapNode)
        {
            if (!ValueReader.IsBroken(each))
                bag.Add(DiagnosticTable.Syntax.BadEach, each.Location, $"'each' must be a map of parameters and lists of values, as in 'each: {{ch: [32, 64]}}', got {each.Described}");
            return null;
        }

        return name.IsBroken ? null : new WrittenUse(
            origin,
            name,
            [.. map.Entries.Where(entry => Grammar.Use.Find(entry.Key) is null && entry.Value is not ScalarNode { IsNull: true })],
            map["each"] as MapNode);
    }
}
