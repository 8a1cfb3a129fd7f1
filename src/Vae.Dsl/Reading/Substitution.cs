using System.Text;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Puts parameters in the place of <c>$(name)</c>: a whole scalar becomes the typed value, inside a longer text it becomes text.
/// The place stays that of the use; the value's own place goes with it.
/// </summary>
internal sealed class Substitution(DiagnosticBag bag)
{
    private const int MaxGrowth = 1 << 20;

    // A long value used often, or a long block, would fill the memory from a short text.
    private long grown;

    /// <summary>The tree with every parameter in its place; parts without any are the same objects as before.</summary>
    public Node Apply(Node node, ParameterTable parameters)
    {
        switch (node)
        {
            case ScalarNode scalar when scalar.Text.Contains("$(", StringComparison.Ordinal):
                return Apply(scalar, parameters);
            case ListNode list:
                Node[] items = [.. list.Items.Select(item => Apply(item, parameters))];
                return items.SequenceEqual(list.Items, ReferenceEqualityComparer.Instance) ? list : list with { Items = Grown(items) };
            case MapNode map:
                MapEntry[] entries = [.. map.Entries.Select(entry => Apply(entry.Value, parameters) is var value && ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value })];
                return entries.SequenceEqual(map.Entries, ReferenceEqualityComparer.Instance) ? map : map with { Entries = Grown(entries) };
            default:
                return node;
        }
    }

    private Node Apply(ScalarNode scalar, ParameterTable parameters)
    {
        string text = scalar.Text;
        var result = new StringBuilder();
        List<ParameterUse> uses = [];
        int position = 0;
        while (text.IndexOf("$(", position, StringComparison.Ordinal) is var start and >= 0)
        {
            int end = text.IndexOf(')', start);
            string name = end < 0 ? text[(start + 2)..] : text[(start + 2)..end];
            if (end < 0 || !ParameterTable.Identifier().IsMatch(name))
                return Refuse(scalar, DiagnosticTable.Syntax.ReservedExpression, $"'$({Shortened(name)}{(end < 0 ? "" : ")")}' is reserved: between '$(' and ')' stands a parameter's name and nothing else");
            if (parameters.Find(name) is not Node value)
            {
                string near = Suggestion.Nearest(name, parameters.Names, bag) is string meant ? $" Did you mean '{meant}'?" : " Declare it under 'params'.";
                return Refuse(scalar, DiagnosticTable.Syntax.UnknownParameter, $"unknown parameter '{name}'.{near}");
            }

            if (ValueReader.IsBroken(value))
                return scalar with { IsBroken = true };
            grown += value is ListNode list ? list.Items.Sum(Length) : Length(value);
            if (grown > MaxGrowth)
                return Refuse(scalar, DiagnosticTable.Syntax.TooLarge, "the values of parameters make the spec larger than 1 MiB; use shorter ones");
            // Through how many parameters it goes: what counts is the one that is written here, and the place where the value is written.
            var use = new ParameterUse(name, PlaceOf(value));
            if (start == 0 && end == text.Length - 1)
                return Relocate(value, scalar.Location, use);
            if (value is not ScalarNode inner)
                return Refuse(scalar, DiagnosticTable.Syntax.ParameterType, $"parameter '{name}' is a list, which cannot be part of a longer text");
            uses.Add(use);
            result.Append(text, position, start - position).Append(inner.Text);
            position = end + 1;
        }

        return scalar with
        {
            Text = result.Append(text, position, text.Length - position).ToString(),
            Parameter = new ParameterUse(string.Join(", ", uses.Select(use => use.Name).Distinct()), scalar.Location),
        };
    }

    private T[] Grown<T>(T[] items)
    {
        grown += items.Length;
        return items;
    }

    private static Location PlaceOf(Node value) => value switch
    {
        ScalarNode { Parameter: { } use } => use.Place,
        ListNode { Parameter: { } use } => use.Place,
        _ => value.Location,
    };

    private static long Length(Node node) => node is ScalarNode scalar ? scalar.Text.Length + 1 : 1;

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static Node Relocate(Node value, Location location, ParameterUse use) => value switch
    {
        ScalarNode scalar => scalar with { Location = location, Parameter = use },
        ListNode list => new ListNode([.. list.Items.Select(item => Relocate(item, location, use))], location) { Parameter = use },
        _ => value,
    };

    private ScalarNode Refuse(ScalarNode scalar, DiagnosticCode code, string message)
    {
        bag.Add(code, scalar.Location, message);
        return scalar with { IsBroken = true };
    }
}
