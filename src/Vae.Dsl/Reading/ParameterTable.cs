using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The values behind <c>$(name)</c>, checked against what the parameters declare.</summary>
internal sealed partial class ParameterTable
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly DiagnosticBag bag;

    private ParameterTable(DiagnosticBag bag) => this.bag = bag;

    public IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>Reads <c>params</c> of a merged spec.</summary>
    public static ParameterTable Read(Node? declarations, string name, DiagnosticBag bag)
    {
        var table = new ParameterTable(bag);
        foreach (MapEntry entry in (declarations as MapNode)?.Entries ?? [])
            table.Declare(entry);
        table.values["name"] = new ScalarNode(name, IsQuoted: true, new Location(name, 0, 0));
        return table;
    }

    /// <summary>The value of a parameter; <c>null</c> where there is none of that name.</summary>
    public Node? Find(string name) => values.GetValueOrDefault(name);

    [GeneratedRegex(Grammar.Identifier)]
    public static partial Regex Identifier();

    private void Declare(MapEntry entry)
    {
        string name = entry.Key;
        // Whatever is wrong with it, the name is known from here on: its uses are not reported as well.
        values[name] = new ScalarNode("", IsQuoted: false, entry.KeyLocation) { IsBroken = true };
        if (!Identifier().IsMatch(name) || name == "name")
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"'{name}' cannot be a parameter's name: {(name == "name" ? "$(name) is the spec's own name" : "letters, digits, '_' and '-', beginning with a letter")}");
            return;
        }

        if (entry.Value is not MapNode declaration)
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"parameter '{name}' has no value; write a default");
            return;
        }

        var fields = new Fields(declaration, Grammar.Parameter, bag);
        string? type = fields.Text("type");
        double? min = fields.Number("min"), max = fields.Number("max");
        if (declaration["default"] is not Node value)
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"parameter '{name}' has no value; give it a 'default', or pass --param {name}=…");
            return;
        }

        if (value is MapNode || Contains(value, "$("))
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, value.Location, $"the value of parameter '{name}' must be a word, a number or a list of them, without '$(', got {value.Described}");
            return;
        }

        if (!HasType(name, type, value) || !InRange(entry, value, min, max) || !IsChosen(entry, declaration["choices"], value))
            return;
        values[name] = type == "string" && value is ScalarNode text ? text with { IsQuoted = true } : value;
    }

    private bool HasType(string name, string? type, Node value)
    {
        string? expected = type switch
        {
            "int" when value is not ScalarNode scalar || !Numerals.TryInt(scalar, out _) => "a whole number",
            "float" when value is not ScalarNode scalar || !Numerals.TryFloat(scalar, out _) => "a number",
            "bool" when value is not ScalarNode scalar || !Numerals.TryBool(scalar, out _) => "true or false",
            "string" when value is not ScalarNode => "text",
            "int[]" when value is not ListNode list || !list.Items.All(item => item is ScalarNode scalar && Numerals.TryInt(scalar, out _)) => "a list of whole numbers",
            null when value is ListNode list && !list.Items.All(item => item is ScalarNode) => "a word, a number or a list of them",
            _ => null,
        };
        if (expected is null)
            return true;
        string hint = value is ScalarNode wrong && type is "int" or "float" ? Numerals.Hint((ScalarNode)value, type == "int") : "";
        bag.Add(DiagnosticTable.Syntax.ParameterType, value.Location, $"parameter '{name}' must be {expected}, got {value.Described}{hint}");
        return false;
    }

    private bool InRange(MapEntry entry, Node value, double? min, double? max)
    {
        IEnumerable<Node> items = value is ListNode list ? list.Items : [value];
        foreach (ScalarNode item in items.OfType<ScalarNode>())
        {
            if (!Numerals.TryFloat(item, out double number))
                continue;
            string? bound = number < min ? "at least " + Numerals.Write(min.Value) : number > max ? "at most " + Numerals.Write(max.Value) : null;
            if (bound is null)
                continue;
            bag.Add(DiagnosticTable.Syntax.ParameterRange, item.Location, $"parameter '{entry.Key}' must be {bound}{Declared(entry, item)}, got {item.Text}");
            return false;
        }

        return true;
    }

    private bool IsChosen(MapEntry entry, Node? choices, Node value)
    {
        if (choices is null || ValueReader.IsBroken(choices))
            return true;
        if (choices is not ListNode { Items.Count: > 0 } list || !list.Items.All(item => item is ScalarNode) || value is not ScalarNode scalar)
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, choices.Location, $"'choices' of parameter '{entry.Key}' must be a list of words or numbers, and the value one of them");
            return false;
        }

        if (list.Items.Cast<ScalarNode>().Any(choice => choice.Text == scalar.Text))
            return true;
        bag.Add(DiagnosticTable.Syntax.ParameterRange, scalar.Location, $"parameter '{entry.Key}' must be one of {string.Join(", ", list.Items.Cast<ScalarNode>().Select(choice => choice.Text))}{Declared(entry, scalar)}, got {scalar.Text}");
        return false;
    }

    /// <summary>Where the parameter is declared, if that is not where the value stands.</summary>
    private static string Declared(MapEntry entry, Node value) =>
        value.Location.File == entry.KeyLocation.File && value.Location.Line == entry.KeyLocation.Line ? "" : $" (declared in {entry.KeyLocation})";

    private static bool Contains(Node node, string text) => node switch
    {
        ScalarNode scalar => scalar.Text.Contains(text, StringComparison.Ordinal),
        ListNode list => list.Items.Any(item => Contains(item, text)),
        _ => false,
    };
}
