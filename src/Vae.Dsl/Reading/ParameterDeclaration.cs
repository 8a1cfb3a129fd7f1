using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>What a parameter of a spec or of a block allows.</summary>
internal sealed class ParameterDeclaration
{
    private readonly string noun;
    private readonly Location place;
    private readonly string? type;
    private readonly double? min;
    private readonly double? max;
    private readonly Node? choices;
    private readonly DiagnosticBag bag;

    /// <summary>Reads a declaration, and reports what is wrong with it.</summary>
    /// <param name="entry">Name and declaration; no map where it was given as nothing.</param>
    /// <param name="noun">How messages call it: <c>parameter 'ch' of block 'down'</c>.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public ParameterDeclaration(MapEntry entry, string noun, DiagnosticBag bag)
    {
        this.noun = noun;
        this.bag = bag;
        place = entry.KeyLocation;
        var declaration = entry.Value as MapNode ?? new MapNode([], entry.Value.Location);
        var fields = new Fields(declaration, Grammar.Parameter, bag);
        type = fields.Text("type");
        min = fields.Number("min");
        max = fields.Number("max");
        choices = declaration["choices"];
        Default = declaration["default"];
    }

    /// <summary>The value unless another is given; <c>null</c> where one must be given.</summary>
    public Node? Default { get; }

    /// <summary>The value as it is used; <c>null</c> where a diagnostic says why it is not allowed.</summary>
    public Node? Check(Node value)
    {
        if (ValueReader.IsBroken(value))
            return null;
        if (value is MapNode || Contains(value, "$("))
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, value.Location, $"the value of {noun} must be a word, a number or a list of them, without '$(', got {value.Described}");
            return null;
        }

        if (!HasType(value) || !InRange(value) || !IsChosen(value))
            return null;
        return type == "string" && value is ScalarNode text ? text with { IsQuoted = true } : value;
    }

    private bool HasType(Node value)
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
        bag.Add(DiagnosticTable.Syntax.ParameterType, value.Location, $"{noun} must be {expected}{Declared(value)}, got {value.Described}{hint}");
        return false;
    }

    private bool InRange(Node value)
    {
        IEnumerable<Node> items = value is ListNode list ? list.Items : [value];
        foreach (ScalarNode item in items.OfType<ScalarNode>())
        {
            if (!Numerals.TryFloat(item, out double number))
                continue;
            string? bound = number < min ? "at least " + Numerals.Write(min.Value) : number > max ? "at most " + Numerals.Write(max.Value) : null;
            if (bound is null)
                continue;
            bag.Add(DiagnosticTable.Syntax.ParameterRange, item.Location, $"{noun} must be {bound}{Declared(item)}, got {item.Text}");
            return false;
        }

        return true;
    }

    private bool IsChosen(Node value)
    {
        if (choices is null || ValueReader.IsBroken(choices))
            return true;
        if (choices is not ListNode { Items.Count: > 0 } list || !list.Items.All(item => item is ScalarNode) || value is not ScalarNode scalar)
        {
            bag.Add(DiagnosticTable.Syntax.BadParameter, choices.Location, $"'choices' of {noun} must be a list of words or numbers, and the value one of them");
            return false;
        }

        if (list.Items.Cast<ScalarNode>().Any(choice => choice.Text == scalar.Text))
            return true;
        bag.Add(DiagnosticTable.Syntax.ParameterRange, scalar.Location, $"{noun} must be one of {string.Join(", ", list.Items.Cast<ScalarNode>().Select(choice => choice.Text))}{Declared(scalar)}, got {scalar.Text}");
        return false;
    }

    /// <summary>Where the parameter is declared, if that is not where the value stands. The file's name is enough to find it in a chain.</summary>
    private string Declared(Node value) => value.Location.File == place.File && value.Location.Line == place.Line
        ? ""
        : $" (declared in {place with { File = place.Line > 0 ? Path.GetFileName(place.File) : place.File }})";

    private static bool Contains(Node node, string text) => node switch
    {
        ScalarNode scalar => scalar.Text.Contains(text, StringComparison.Ordinal),
        ListNode list => list.Items.Any(item => Contains(item, text)),
        _ => false,
    };
}
