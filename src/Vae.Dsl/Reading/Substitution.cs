using System.Text;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Puts parameters in the place of <c>$(name)</c>: a whole scalar becomes the typed value, inside a longer text it becomes text.
/// The place stays that of the use.
/// </summary>
internal sealed class Substitution(ParameterTable parameters, DiagnosticBag bag)
{
    private const int MaxGrowth = 1 << 20;

    private long grown;

    public Node Apply(Node node) => node switch
    {
        ScalarNode scalar when scalar.Text.Contains("$(", StringComparison.Ordinal) => Apply(scalar),
        ListNode list => list with { Items = [.. list.Items.Select(Apply)] },
        MapNode map => map with { Entries = [.. map.Entries.Select(entry => entry with { Value = Apply(entry.Value) })] },
        _ => node,
    };

    private Node Apply(ScalarNode scalar)
    {
        string text = scalar.Text;
        var result = new StringBuilder();
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
            // A long value used often would fill the memory from a short text.
            grown += value is ListNode list ? list.Items.Sum(Length) : Length(value);
            if (grown > MaxGrowth)
                return Refuse(scalar, DiagnosticTable.Syntax.TooLarge, "the values of parameters make the spec larger than 1 MiB; use shorter ones");
            if (start == 0 && end == text.Length - 1)
                return Relocate(value, scalar.Location);
            if (value is not ScalarNode inner)
                return Refuse(scalar, DiagnosticTable.Syntax.ParameterType, $"parameter '{name}' is a list, which cannot be part of a longer text");
            result.Append(text, position, start - position).Append(inner.Text);
            position = end + 1;
        }

        return scalar with { Text = result.Append(text, position, text.Length - position).ToString() };
    }

    private static long Length(Node node) => node is ScalarNode scalar ? scalar.Text.Length + 1 : 1;

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static Node Relocate(Node value, Location location) => value switch
    {
        ScalarNode scalar => scalar with { Location = location },
        ListNode list => new ListNode([.. list.Items.Select(item => Relocate(item, location))], location),
        _ => value,
    };

    private ScalarNode Refuse(ScalarNode scalar, DiagnosticCode code, string message)
    {
        bag.Add(code, scalar.Location, message);
        return scalar with { IsBroken = true };
    }
}
