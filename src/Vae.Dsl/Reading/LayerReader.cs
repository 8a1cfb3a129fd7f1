using System.Globalization;
using System.Text.RegularExpressions;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// A list of layers as written, expanded: <c>act:</c> becomes a layer of its own, and a linear layer whose <c>out</c> is a list
/// of sizes becomes one of their product and a reshape. Shapes are still empty, and <c>auto</c> is still there. Layers inside a layer are
/// read by a reader of their own, because their names are theirs, but count towards the same limit.
/// </summary>
internal sealed partial class LayerReader(string network, DiagnosticBag bag, LayerReader? outer = null)
{
    private const int MaxLayers = 10_000;

    private readonly List<Layer> layers = [];
    private readonly HashSet<string> names = [];
    private bool valid = true;
    private BlockUse? use = outer?.use;
    private int count;
    private bool tooLarge;

    /// <summary>The layers; <c>null</c> where a diagnostic says what is wrong with one.</summary>
    public IReadOnlyList<Layer>? Read(Node node)
    {
        if (node is not ListNode list)
        {
            if (!ValueReader.IsBroken(node))
                bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'{network}' must be a list of layers, each on a line that begins with '- ', got {node.Described}");
            return null;
        }

        foreach (Node item in list.Items)
        {
            int before = layers.Count;
            valid &= TryRead(item);
            Outermost.count += layers.Count - before;
            if (Outermost.count <= MaxLayers)
                continue;
            if (!Outermost.tooLarge)
                bag.Add(DiagnosticTable.Meaning.ModelTooLarge, item.Location, $"'{Outermost.Network}' has more than 10,000 layers");
            Outermost.tooLarge = true;
            return null;
        }

        return valid ? layers : null;
    }

    private LayerReader Outermost => outer?.Outermost ?? this;

    private string Network => network;

    private bool TryRead(Node item)
    {
        if (item is UseNode block)
            return TryRead(block);
        if (item is MapNode { Entries.Count: > 1 } several)
            return RefuseSeveral(several);

        if (ComponentReader.Choose(item, Grammar.AllLayers, bag) is not (ComponentKind row, Node value))
            return false;

        Location origin = item is MapNode { Entries: [{ } only] } ? only.KeyLocation : item.Location;
        var map = value as MapNode;
        (value, ListNode? sizes) = FlattenedOut(row, value);
        Shape? shape = sizes is null ? null : (Shape?)ValueReader.Read(OutSizes, sizes, row.Name, bag);
        if (sizes is not null && shape is null)
            return false;
        if (shape is not null)
            value = WithOut(value, shape, sizes!.Location);

        Arguments? arguments = ComponentReader.ReadArguments(row, value, origin, bag, ReadInner);
        Component? act = map?["act"] is Node activation && row is LayerKind { IsActivation: false } ? ComponentReader.Read(activation, Grammar.Activations, bag) : null;
        bool actFailed = act is null && map?["act"] is not null;
        bool nameFailed = !TryName(map?["name"], out string? name);
        if (arguments is null || actFailed || nameFailed)
            return false;

        layers.Add(new Layer(row.Name, arguments) { Name = name, Origin = origin, Use = use, Written = Choice.ArgumentsOf(row, value, origin) });
        if (shape is not null)
            layers.Add(Reshape(shape, origin) with { Use = use, Written = new MapNode([new MapEntry("shape", sizes!.Location, sizes)], origin) });
        if (act is not null)
            layers.Add(new Layer(act.Kind, act.Arguments) { Origin = map!["act"]!.Location, Use = use, Written = Choice.Of(map["act"]!, Grammar.Activations)?.Arguments });
        return true;
    }

    /// <summary>The layers inside a layer.</summary>
    private ValueList<Layer>? ReadInner(Argument argument, Node node) =>
        new LayerReader(argument.Name, bag, this).Read(node) is { } inner ? ValueList.From(inner) : null;

    /// <summary>The layers of a block. Those of a block inside it belong to the same use, which is what the user wrote in the network.</summary>
    private bool TryRead(UseNode block)
    {
        BlockUse? before = use;
        use ??= block.Use;
        using (bag.Within($"block '{block.Use.Block}', used in {block.Use.Origin.SeenFrom(block.Items.Count > 0 ? block.Items[0].Location : null)}"))
        {
            bool all = true;
            foreach (Node item in block.Items)
                all &= TryRead(item);
            use = before;
            return all;
        }
    }

    private static Argument OutSizes { get; } = new("out", ArgumentType.Shape, "") { Min = 1, Max = 1 << 20 };

    /// <summary>A reshape that a linear layer brings with it.</summary>
    public static Layer Reshape(Shape shape, Location? origin) =>
        new("reshape", Arguments.None.With("shape", shape)) { Origin = origin };

    /// <summary>The list of sizes that a linear layer's <c>out</c> may be.</summary>
    private static (Node Value, ListNode? Sizes) FlattenedOut(ComponentKind row, Node value) => !row.Arguments.Any(argument => argument is { Name: "out", AllowsSizes: true }) ? (value, null) : value switch
    {
        ListNode list => (value, list),
        MapNode map when map["out"] is ListNode list => (value, list),
        _ => (value, null),
    };

    private static Node WithOut(Node value, Shape shape, Location place)
    {
        // A product beyond any layer is left to the check of 'out'.
        double product = shape.Aggregate(1.0, (all, size) => all * size);
        var scalar = new ScalarNode(product.ToString("0", CultureInfo.InvariantCulture), IsQuoted: false, place);
        return value is MapNode map ? map.With(map.Find("out")! with { Value = scalar }) : scalar;
    }

    private bool TryName(Node? node, out string? name)
    {
        name = null;
        if (node is null)
            return true;
        if (node is not ScalarNode scalar)
        {
            bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'name' of a layer must be a word, got {node.Described}");
            return false;
        }

        if (scalar.IsBroken)
            return false;
        if (scalar.Text.All(char.IsAsciiDigit))
            bag.Add(DiagnosticTable.Meaning.LayerName, scalar.Location, $"a layer's name cannot be a number, got {scalar.Described}: numbers are the names of layers without one");
        else if (!NamePattern().IsMatch(scalar.Text))
            bag.Add(DiagnosticTable.Syntax.BadName, scalar.Location, $"a layer's name has letters, digits, '_' and '-', beginning with a letter, got {scalar.Described}");
        else if (!names.Add(scalar.Text))
            bag.Add(DiagnosticTable.Meaning.LayerName, scalar.Location, $"'{network}' has two layers named '{scalar.Text}'; give one of them another name");
        else
            name = scalar.Text;
        return name is not null;
    }

    private bool RefuseSeveral(MapNode several)
    {
        MapEntry first = several.Entries[0], second = several.Entries[1];
        string message = Grammar.AllLayers.TryGet(first.Key, out ComponentKind? row) && first.Value is ScalarNode { IsNull: true } && !Grammar.AllLayers.TryGet(second.Key, out _)
            ? $"'{second.Key}' stands beside '{first.Key}', not in it; indent it two spaces deeper, or write '- {first.Key}: {{{second.Key}: …}}'"
            : Grammar.AllLayers.TryGet(second.Key, out _)
                ? $"'{second.Key}' is a second layer in the same list item; begin its line with '- '"
                : $"a layer is one key, but '{second.Key}' stands beside '{first.Key}'; put all arguments into braces: '- {row?.Name ?? first.Key}: {{…}}'";
        bag.Add(DiagnosticTable.Syntax.NotOneKey, second.KeyLocation, message);
        return false;
    }

    [GeneratedRegex(Grammar.LayerName)]
    private static partial Regex NamePattern();
}
