using System.Text.RegularExpressions;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The values behind <c>$(name)</c>, checked against what the parameters declare.</summary>
internal sealed partial class ParameterTable
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterDeclaration> declarations = new(StringComparer.Ordinal);
    private readonly ParameterTable? outer;

    private ParameterTable(ParameterTable? outer) => this.outer = outer;

    /// <summary>The names that a use may mean.</summary>
    public IReadOnlyCollection<string> Names => outer is null ? values.Keys : [.. values.Keys.Union(outer.Names, StringComparer.Ordinal)];

    /// <summary>What is declared, by name.</summary>
    public IReadOnlyDictionary<string, ParameterDeclaration> Declarations => declarations;

    /// <summary>Reads <c>params</c> of a merged spec.</summary>
    /// <param name="declared">The section; or <c>null</c>.</param>
    /// <param name="name">What <c>$(name)</c> stands for.</param>
    /// <param name="isComplete">Whether each needs a value; those of a base may get theirs from the spec that extends it.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public static ParameterTable Read(Node? declared, ScalarNode name, bool isComplete, DiagnosticBag bag)
    {
        var table = new ParameterTable(outer: null);
        foreach (MapEntry entry in (declared as MapNode)?.Entries ?? [])
            table.Declare(entry, isComplete, bag);
        table.values["name"] = name;
        return table;
    }

    /// <summary>The values of a block's parameters, in front of those of the spec.</summary>
    public ParameterTable Within(IEnumerable<KeyValuePair<string, Node>> inner)
    {
        var table = new ParameterTable(this);
        foreach ((string name, Node value) in inner)
            table.values[name] = value;
        return table;
    }

    /// <summary>The value of a parameter; <c>null</c> where there is none of that name.</summary>
    public Node? Find(string name) => values.GetValueOrDefault(name) ?? outer?.Find(name);

    /// <summary>Whether a parameter may have this name; if not, a diagnostic says why.</summary>
    public static bool TryName(MapEntry entry, IReadOnlyList<string> reserved, DiagnosticBag bag)
    {
        string name = entry.Key;
        if (Identifier().IsMatch(name) && !reserved.Contains(name))
            return true;
        string why = name == "name" ? "$(name) is the spec's own name"
            : reserved.Contains(name) ? $"'{name}' of a use is something else"
            : "letters, digits, '_' and '-', beginning with a letter";
        bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"'{name}' cannot be a parameter's name: {why}");
        return false;
    }

    /// <summary>A value that is not known, and whose uses are not reported.</summary>
    public static ScalarNode Unknown(Location place) => new("", IsQuoted: false, place) { IsBroken = true };

    [GeneratedRegex(Grammar.Identifier)]
    public static partial Regex Identifier();

    private void Declare(MapEntry entry, bool isComplete, DiagnosticBag bag)
    {
        string name = entry.Key;
        // Whatever is wrong with it, the name is known from here on: its uses are not reported as well.
        values[name] = Unknown(entry.KeyLocation);
        if (!TryName(entry, ["name"], bag))
            return;
        var declaration = new ParameterDeclaration(entry, $"parameter '{name}'", bag);
        declarations[name] = declaration;
        if (declaration.Default is Node value)
            values[name] = declaration.Check(value) ?? values[name];
        else if (isComplete && entry.Value is MapNode)
            bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"parameter '{name}' has no value; give it a 'default', or pass --param {name}=…");
        else if (isComplete)
            bag.Add(DiagnosticTable.Syntax.BadParameter, entry.KeyLocation, $"parameter '{name}' has no value; write a default");
    }
}
