using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>Turns <c>--param name=value</c> and <c>--set path.to.key=value</c> into maps that are laid over the spec.</summary>
internal static class Overrides
{
    /// <summary><c>beta=0.1</c> as <c>{params: {beta: {default: 0.1}}}</c>, with the parameter's name and the place that is to blame.</summary>
    public static (string Name, MapNode Over, Location Place)? FromParameter(string text, DiagnosticBag bag)
    {
        var place = new Location("--param " + text, 0, 0);
        return Split(text, place, "name", bag) is (string name, Node value) ? (name, Nest(["params", name, "default"], value, place), place) : null;
    }

    /// <summary><c>train.epochs=5</c> as <c>{train: {epochs: 5}}</c>, short forms expanded. Its keys are checked like those of a file.</summary>
    public static MapNode? FromPath(string text, MapNode spec, DiagnosticBag bag)
    {
        var place = new Location("--set " + text, 0, 0);
        if (Split(text, place, "path.to.key", bag) is not (string path, Node value))
            return null;
        if (Steps(path, place, bag) is not string[] steps || !IsDeclared(steps, spec, place, bag))
            return null;
        return Shorthand.Expand(Nest(steps, value, place), Grammar.Root, bag);
    }

    /// <summary>Parameters and blocks have names of the spec's own: a new one would be used by nothing.</summary>
    private static bool IsDeclared(string[] steps, MapNode spec, Location place, DiagnosticBag bag)
    {
        if (steps is not ["params" or "blocks", string name, ..])
            return true;
        MapNode? declared = spec[steps[0]] as MapNode;
        if (declared?.Find(name) is not null)
            return true;
        string near = Suggestion.Nearest(name, declared?.Entries.Select(entry => entry.Key) ?? [], bag) is string meant ? $" Did you mean '{meant}'?" : "";
        bool isParameter = steps[0] == "params";
        bag.Add(
            isParameter ? DiagnosticTable.Syntax.UnknownParameter : DiagnosticTable.Syntax.UnknownBlock,
            place,
            $"the spec declares no {(isParameter ? "parameter" : "block")} '{name}'.{near}");
        return false;
    }

    private static string[]? Steps(string path, Location place, DiagnosticBag bag)
    {
        List<string> steps = [];
        if (((string[])["checks.metrics.", "checks.loss-curve.columns."]).FirstOrDefault(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) is string named)
        {
            // Metrics and columns have dots in their names.
            string rest = path[named.Length..];
            steps.AddRange(named.TrimEnd('.').Split('.'));
            if (MetricNames.All.Concat(MetricNames.Columns).Where(name => rest == name || rest.StartsWith(name + ".", StringComparison.Ordinal)).MaxBy(name => name.Length) is string metric)
            {
                steps.Add(metric);
                rest = rest.Length > metric.Length ? rest[(metric.Length + 1)..] : "";
            }

            steps.AddRange(rest.Split('.', StringSplitOptions.RemoveEmptyEntries));
        }
        else
        {
            steps.AddRange(path.Split('.'));
        }

        if (steps.Count > 32 || steps.Exists(string.IsNullOrWhiteSpace))
        {
            bag.Add(DiagnosticTable.Syntax.BadOverride, place, $"'{path}' is no path; write keys with dots between them, as in 'train.epochs=5'");
            return null;
        }

        if (steps is ["encoder" or "decoder" or "artifacts", _, _, ..] or ["encoder" or "decoder", _] or ["blocks", _, "layers", _, ..])
        {
            bag.Add(DiagnosticTable.Syntax.BadOverride, place, $"'{path}' points into a list, and lists are only replaced as a whole; make the value a parameter and use --param");
            return null;
        }

        if (steps[0] is "vae" or "variants" or "name" or "extends" or "abstract")
        {
            bag.Add(DiagnosticTable.Syntax.BadOverride, place, $"'{steps[0]}' cannot be set from outside; use --variant to choose a variant");
            return null;
        }

        return [.. steps];
    }

    private static (string Left, Node Value)? Split(string text, Location place, string what, DiagnosticBag bag)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            bag.Add(DiagnosticTable.Syntax.BadOverride, place, $"expected {what}=value");
            return null;
        }

        var inner = new DiagnosticBag();
        Node value = NodeReader.Read(text[(equals + 1)..], place.File, inner) ?? new ScalarNode("", IsQuoted: false, place);
        if (inner.HasErrors)
        {
            bag.Add(DiagnosticTable.Syntax.BadOverride, place, "the value is no YAML: " + inner.Sorted()[0].Message);
            return null;
        }

        return (text[..equals].Trim(), Relocate(value, place));
    }

    /// <summary>Line and column within the option mean nothing to the user.</summary>
    private static Node Relocate(Node node, Location place) => node switch
    {
        ScalarNode scalar => scalar with { Location = place },
        ListNode list => new ListNode([.. list.Items.Select(item => Relocate(item, place))], place),
        MapNode map => new MapNode([.. map.Entries.Select(entry => new MapEntry(entry.Key, place, Relocate(entry.Value, place)))], place),
        _ => node,
    };

    /// <summary>A value under a path of keys.</summary>
    public static MapNode Nest(string[] steps, Node value, Location place)
    {
        Node node = value;
        foreach (string step in steps.Reverse())
            node = new MapNode([new MapEntry(step, place, node)], place);
        return (MapNode)node;
    }
}
