using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Replaces every <c>use</c> in a list of layers by the layers of its block. Blocks are checked as a whole before, so that a fault of
/// a block is reported once and whether or not the block is used.
/// </summary>
internal sealed class BlockExpander
{
    private const int MaxLayers = 10_000;
    private const int MaxDepth = 16;

    private readonly Dictionary<string, Block> blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);
    private readonly Stack<string> open = new();
    private readonly ParameterTable parameters;
    private readonly Substitution substitution;
    private readonly DiagnosticBag bag;
    private int layers;
    private int uses;
    private bool isFull;

    /// <summary>Reads and checks the section <c>blocks</c>.</summary>
    /// <param name="declared">The section of a merged spec, parameters still in it; or <c>null</c>.</param>
    /// <param name="parameters">The spec's parameters; those of a block hide them.</param>
    /// <param name="substitution">Puts parameters in their places.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public BlockExpander(Node? declared, ParameterTable parameters, Substitution substitution, DiagnosticBag bag)
    {
        this.parameters = parameters;
        this.substitution = substitution;
        this.bag = bag;
        // A block of nothing is none: a spec takes its base's away by that.
        foreach (MapEntry entry in (declared as MapNode)?.Entries.Where(entry => entry.Value is not ScalarNode { IsNull: true }) ?? [])
        {
            if (Read(entry) is Block block)
                blocks[entry.Key] = block;
            else
                broken.Add(entry.Key);
        }

        foreach (Block block in blocks.Values.ToArray())
        {
            if (!IsRight(block))
                Break(block.Name);
        }

        foreach (string name in blocks.Keys.ToArray())
            CheckCircle(name);
    }

    /// <summary>A list of layers without uses; whatever else stands under <c>encoder</c> or <c>decoder</c> comes back as it is.</summary>
    public Node Expand(Node node) => node is ListNode list && (blocks.Count > 0 || Uses(list).Any()) ? list with { Items = Expand(list.Items) } : node;

    private List<Node> Expand(IReadOnlyList<Node> items)
    {
        List<Node> expanded = [];
        foreach (Node item in items)
        {
            // Whatever comes after the fault stays unread.
            if (isFull)
                return [.. expanded, Failed(item)];
            if (WrittenUse.Is(item))
            {
                expanded.AddRange(ExpandUse(item));
            }
            else if (++layers > MaxLayers)
            {
                expanded.Add(TooMany(item));
            }
            else if (InnerLayers.Of(item) is ListNode inner)
            {
                expanded.Add(InnerLayers.With(item, inner with { Items = Expand(inner.Items) }));
            }
            else
            {
                expanded.Add(IsBlockByMistake(item) ? Failed(item) : item);
            }
        }

        return expanded;
    }

    private List<Node> ExpandUse(Node item)
    {
        if (WrittenUse.Read(item, bag) is not WrittenUse use || Find(use) is not Block block || !TryArguments(use, block, out List<Dictionary<string, Node>> values))
            return [Failed(item)];
        if (open.Contains(block.Name) || open.Count == MaxDepth)
        {
            // Names that come from parameters are known here only.
            string[] chain = [.. open.Reverse(), block.Name];
            if (open.Count == MaxDepth)
                bag.Add(DiagnosticTable.Meaning.ModelTooLarge, use.Block.Location, $"blocks use each other more than {MaxDepth} deep: {string.Join(" -> ", chain)}");
            else
                ReportCircle(use.Block.Location, chain);
            return [Failed(item)];
        }

        List<Node> expanded = [];
        open.Push(block.Name);
        for (int index = 0; index < values.Count && !isFull; index++)
        {
            // An empty block makes no layer, but blocks of empty blocks could go on for ever.
            if (++uses > MaxLayers)
            {
                expanded.Add(TooMany(item));
                break;
            }

            var body = (ListNode)substitution.Apply(block.Layers, parameters.Within(values[index]));
            expanded.Add(new UseNode(new BlockUse(block.Name, use.Origin, index), Expand(body.Items), use.Origin));
        }

        open.Pop();
        return expanded;
    }

    private ScalarNode TooMany(Node item)
    {
        isFull = true;
        bag.Add(DiagnosticTable.Meaning.ModelTooLarge, item.Location, "the blocks make more than 10,000 layers; use them less often");
        return Failed(item);
    }

    /// <summary>The values of a block's parameters, once for each use that a list item makes.</summary>
    private bool TryArguments(WrittenUse use, Block block, out List<Dictionary<string, Node>> values)
    {
        values = [];
        bool valid = IsRight(use, block);
        if (!valid)
            return false;
        int count = use.Each is null ? 1 : ((ListNode)use.Each.Entries[0].Value).Items.Count;
        for (int index = 0; index < count; index++)
        {
            Dictionary<string, Node> one = new(StringComparer.Ordinal);
            foreach ((string name, ParameterDeclaration declaration) in block.Parameters)
            {
                Node? value = use.Each?[name] is ListNode list ? list.Items[index]
                    : use.Arguments.FirstOrDefault(argument => argument.Key == name)?.Value
                    ?? (declaration.Default is Node written ? substitution.Apply(written, parameters) : null);
                Node? used = value is null ? null : declaration.Check(value);
                valid &= used is not null;
                one[name] = used ?? ParameterTable.Unknown(use.Origin);
            }

            values.Add(one);
        }

        return valid;
    }

    private Block? Find(WrittenUse use)
    {
        string name = use.Block.Text;
        if (blocks.TryGetValue(name, out Block? block))
            return block;
        if (broken.Contains(name))
            return null;
        string near = Suggestion.Nearest(name, blocks.Keys, bag) is string meant ? $" Did you mean '{meant}'?"
            : blocks.Count > 0 ? $" There are: {string.Join(", ", blocks.Keys)}."
            : " The spec declares none under 'blocks'.";
        bag.Add(DiagnosticTable.Syntax.UnknownBlock, use.Block.Location, $"there is no block '{name}'.{near}");
        return null;
    }

    /// <summary>Whether a use names its block's parameters and no others, each once, and gives those that have no default.</summary>
    private bool IsRight(WrittenUse use, Block block)
    {
        bool valid = true;
        MapEntry[] given = [.. use.Arguments, .. use.Each?.Entries ?? []];
        foreach (MapEntry argument in given.Where(argument => block.Find(argument.Key) is null))
        {
            string[] known = [.. block.Parameters.Select(parameter => parameter.Key)];
            string near = Suggestion.Nearest(argument.Key, [.. known, .. Grammar.Use.Keys.Select(key => key.Name)], bag) is string meant ? $" Did you mean '{meant}'?"
                : known.Length > 0 ? $" It has: {string.Join(", ", known)}."
                : " It has none.";
            bag.Add(DiagnosticTable.Syntax.UnknownKey, argument.KeyLocation, $"the block '{block.Name}' has no parameter '{argument.Key}'.{near}");
            valid = false;
        }

        foreach (MapEntry twice in use.Each?.Entries.Where(entry => use.Arguments.Any(argument => argument.Key == entry.Key)) ?? [])
        {
            bag.Add(DiagnosticTable.Syntax.Conflict, twice.KeyLocation, $"'{twice.Key}' is given both in 'each' and beside it; keep one of the two");
            valid = false;
        }

        string[] missing = [.. block.Parameters.Where(parameter => parameter.Value.Default is null && !given.Any(argument => argument.Key == parameter.Key)).Select(parameter => parameter.Key)];
        // A misspelt parameter is not missing as well.
        if (missing.Length > 0 && valid)
        {
            bag.Add(DiagnosticTable.Syntax.Missing, use.Origin, $"the block '{block.Name}' needs {string.Join(" and ", missing.Select(name => $"'{name}'"))}, as in 'use: {{block: {block.Name}, {missing[0]}: …}}'");
            valid = false;
        }

        return IsRight(use.Each) && valid;
    }

    private bool IsRight(MapNode? each)
    {
        if (each is null)
            return true;
        if (each.Entries.Any(entry => ValueReader.IsBroken(entry.Value)))
            return false;
        if (each.Entries.Count == 0)
        {
            bag.Add(DiagnosticTable.Syntax.BadEach, each.Location, "'each' is empty; write a list of values for a parameter, as in 'each: {ch: [32, 64]}'");
            return false;
        }

        if (each.Entries.FirstOrDefault(entry => entry.Value is not ListNode) is MapEntry single)
        {
            // In a block that is only declared, the list may still be a parameter.
            if (single.Value is ScalarNode scalar && scalar.Text.Contains("$(", StringComparison.Ordinal))
                return true;
            bag.Add(DiagnosticTable.Syntax.BadEach, single.Value.Location, $"'{single.Key}' of 'each' must be a list of values, got {single.Value.Described}; a single value stands beside 'each'");
            return false;
        }

        MapEntry first = each.Entries[0];
        int length = ((ListNode)first.Value).Items.Count;
        if (each.Entries.FirstOrDefault(entry => ((ListNode)entry.Value).Items.Count != length) is not MapEntry other)
            return true;
        bag.Add(DiagnosticTable.Syntax.BadEach, other.Value.Location, $"the lists of 'each' go side by side, but '{first.Key}' has {Plural(length)} and '{other.Key}' {Plural(((ListNode)other.Value).Items.Count)}");
        return false;
    }

    private static string Plural(int count) => count == 1 ? "1 value" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} values");

    private Block? Read(MapEntry entry)
    {
        if (!ParameterTable.Identifier().IsMatch(entry.Key))
        {
            bag.Add(DiagnosticTable.Syntax.BadName, entry.KeyLocation, $"a block's name has letters, digits, '_' and '-', beginning with a letter, got '{entry.Key}'");
            return null;
        }

        // What is no map was reported with the keys.
        if (entry.Value is not MapNode map)
            return null;
        if (map["layers"] is not ListNode list)
        {
            if (map["layers"] is Node wrong)
                bag.Add(DiagnosticTable.Syntax.WrongType, wrong.Location, $"'layers' of the block '{entry.Key}' must be a list of layers, each on a line that begins with '- ', got {wrong.Described}");
            else if (!bag.IsExcused(map, "layers"))
                bag.Add(DiagnosticTable.Syntax.Missing, entry.KeyLocation, $"the block '{entry.Key}' needs 'layers', a list of layers");
            return null;
        }

        bool valid = true;
        List<KeyValuePair<string, ParameterDeclaration>> declared = [];
        foreach (MapEntry parameter in (map["params"] as MapNode)?.Entries ?? [])
        {
            string noun = $"parameter '{parameter.Key}' of block '{entry.Key}'";
            valid &= ParameterTable.TryName(parameter, [.. Grammar.Use.Keys.Select(key => key.Name)], bag);
            declared.Add(new(parameter.Key, new ParameterDeclaration(parameter, noun, bag)));
        }

        return valid ? new Block(entry.Key, declared, list) : null;
    }

    /// <summary>What can be said of a block without the values of its parameters.</summary>
    private bool IsRight(Block block)
    {
        int before = bag.Count;
        ParameterTable own = parameters.Within(block.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (Node)ParameterTable.Unknown(block.Layers.Location))));
        substitution.Apply(block.Layers, own);
        foreach ((_, ParameterDeclaration declaration) in block.Parameters)
        {
            if (declaration.Default is Node value)
                declaration.Check(substitution.Apply(value, parameters));
        }

        bool valid = true;
        foreach (Node item in Uses(block.Layers))
        {
            if (WrittenUse.Read(item, bag) is WrittenUse use && !use.Block.Text.Contains("$(", StringComparison.Ordinal))
                valid &= Find(use) is Block used && IsRight(use, used);
        }

        return valid && bag.Count == before;
    }

    /// <summary>Follows the uses of a block back to itself.</summary>
    private void CheckCircle(string name)
    {
        HashSet<string> seen = [];
        Stack<string> path = new([name]);
        Follow(name);

        bool Follow(string from)
        {
            // What is deeper is refused when it is used.
            if (path.Count > MaxDepth || !blocks.TryGetValue(from, out Block? block))
                return false;
            foreach (ScalarNode next in Uses(block.Layers).Select(NameOf).OfType<ScalarNode>())
            {
                if (next.Text == name)
                {
                    string[] circle = [.. path.Reverse(), name];
                    ReportCircle(next.Location, circle);
                    foreach (string part in circle)
                        Break(part);
                    return true;
                }

                if (!seen.Add(next.Text))
                    continue;
                path.Push(next.Text);
                if (Follow(next.Text))
                    return true;
                path.Pop();
            }

            return false;
        }
    }

    private void ReportCircle(Location place, IReadOnlyList<string> blocks) =>
        bag.Add(DiagnosticTable.Syntax.BlockCycle, place, $"the block '{blocks[^1]}' would contain itself: {string.Join(" -> ", blocks)}. Remove one of these uses.");

    private void Break(string name)
    {
        blocks.Remove(name);
        broken.Add(name);
    }

    /// <summary>The uses in a list of layers and in the lists inside its layers.</summary>
    private static IEnumerable<Node> Uses(ListNode list) => list.Items.SelectMany(item =>
        WrittenUse.Is(item) ? [item]
        : InnerLayers.Of(item) is ListNode inner ? Uses(inner)
        : []);

    private static ScalarNode? NameOf(Node use) => use is not MapNode { Entries: [{ Value: { } value }] } ? null
        : value as ScalarNode ?? (value as MapNode)?["block"] as ScalarNode;

    /// <summary>A block that is written as if it were a layer.</summary>
    private bool IsBlockByMistake(Node item)
    {
        (string? name, Location place) = item switch
        {
            ScalarNode { IsBroken: false } scalar => (scalar.Text, scalar.Location),
            MapNode { Entries: [{ } only] } => (only.Key, only.KeyLocation),
            _ => (null, item.Location),
        };
        if (name is null || !blocks.TryGetValue(name, out Block? block) || Grammar.AllLayers.TryGet(name, out _))
            return false;
        string arguments = string.Concat(block.Parameters.Select(parameter => $", {parameter.Key}: …"));
        bag.Add(DiagnosticTable.Syntax.UnknownComponent, place, $"'{name}' is no layer but a block; write '- use: {{block: {name}{arguments}}}'");
        return true;
    }

    /// <summary>In the place of what a diagnostic was given for.</summary>
    private static ScalarNode Failed(Node item) => ParameterTable.Unknown(item.Location);
}
