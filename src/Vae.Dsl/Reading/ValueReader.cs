using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>One value by what its argument allows: type, bounds, choices.</summary>
internal static class ValueReader
{
    private const int MaxRank = 4;

    /// <summary>The value as <see cref="Arguments"/> hold it; <c>null</c> where a diagnostic says what is wrong.</summary>
    /// <param name="argument">What is allowed.</param>
    /// <param name="node">What is written.</param>
    /// <param name="owner">Whose argument it is, for messages: <c>linear</c>.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public static object? Read(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (IsBroken(node))
            return null;
        if (node is ScalarNode { IsQuoted: false, Text: "auto" } && argument.Type is not (ArgumentType.Text or ArgumentType.Texts))
        {
            if (argument.AllowsAuto)
                return Auto.Value;
            bag.Add(DiagnosticTable.Meaning.Auto, node.Location, $"{Name(argument, owner)} cannot be 'auto'; write a value");
            return null;
        }

        return argument.Type switch
        {
            ArgumentType.Int => Int(argument, node, owner, bag),
            ArgumentType.Float => Float(argument, node, owner, bag),
            ArgumentType.Share => Share(argument, node, owner, bag),
            ArgumentType.Bool => Bool(argument, node, owner, bag),
            ArgumentType.Text => Text(argument, node, owner, bag),
            ArgumentType.Ints => Ints(argument, node, owner, bag),
            ArgumentType.Texts => Texts(argument, node, owner, bag),
            ArgumentType.Shape => Sizes(argument, node, owner, bag),
            ArgumentType.Pair => Pair(argument, node, owner, bag),
            ArgumentType.Amount => AmountOf(argument, node, owner, bag),
            _ => throw new InvalidOperationException($"no reader for {argument.Type}"),
        };
    }

    /// <summary>Whether a fault in it was reported already.</summary>
    public static bool IsBroken(Node node) => node switch
    {
        ScalarNode scalar => scalar.IsBroken,
        ListNode list => list.Items.Any(IsBroken),
        _ => false,
    };

    private static object? Int(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is not ScalarNode scalar || !Numerals.TryInt(scalar, out long value))
        {
            // An integer too long for 64 bits is out of range, not of the wrong type.
            string hint = node is ScalarNode text ? Numerals.Hint(text, whole: true) : "";
            return Wrong(argument, node, owner, Expectation.Of(ArgumentType.Int), hint, bag);
        }

        if (!InRange(argument, value, node, owner, bag))
            return null;
        if (value is <= int.MaxValue and >= int.MinValue)
            return (int)value;
        bag.Add(DiagnosticTable.Syntax.OutOfRange, node.Location, $"{Name(argument, owner)} must be at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}, got {node.Described}");
        return null;
    }

    private static object? Float(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is ScalarNode { Text: var word } && argument.Choices.Contains(word))
            return word;
        if (node is not ScalarNode scalar || !Numerals.TryFloat(scalar, out double value))
            return Wrong(argument, node, owner, Expectation.Of(argument), node is ScalarNode text ? Numerals.Hint(text, whole: false) : "", bag);
        return InRange(argument, value, node, owner, bag) ? value : null;
    }

    private static object? Share(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is not ScalarNode scalar || (!Numerals.TryFloat(scalar, out double value) && !Numerals.TryPercent(scalar, out value)))
            return Wrong(argument, node, owner, Expectation.Of(argument.Type), node is ScalarNode text ? Numerals.Hint(text, whole: false) : "", bag);
        return InRange(argument, value, node, owner, bag) ? value : null;
    }

    private static object? Bool(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is ScalarNode scalar && Numerals.TryBool(scalar, out bool value))
            return value;
        string hint = (node as ScalarNode)?.Text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "y" or "1" => "; write true",
            "false" or "no" or "off" or "n" or "0" => "; write false",
            _ => "",
        };
        return Wrong(argument, node, owner, Expectation.Of(argument.Type), hint, bag);
    }

    private static string? Text(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is not ScalarNode scalar)
        {
            Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
            return null;
        }

        return InChoices(argument, scalar, owner, bag) ? scalar.Text : null;
    }

    private static ValueList<string>? Texts(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is not ListNode list || !list.Items.All(item => item is ScalarNode { IsNull: false }))
        {
            Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
            return null;
        }

        bool valid = true;
        List<string> words = [];
        HashSet<string> seen = [];
        foreach (ScalarNode item in list.Items.Cast<ScalarNode>())
        {
            valid &= InChoices(argument, item, owner, bag);
            if (!seen.Add(item.Text))
            {
                bag.Add(DiagnosticTable.Syntax.Conflict, item.Location, $"{Name(argument, owner)} names {item.Described} twice; remove one of the two");
                valid = false;
            }

            words.Add(item.Text);
        }

        return valid ? ValueList.From(words) : null;
    }

    private static ValueList<int>? Ints(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node];
        if (items.Count == 0 || items.Any(item => item is not ScalarNode))
        {
            Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
            return null;
        }

        object?[] numbers = [.. items.Select(item => Int(argument, item, owner, bag))];
        return numbers.Contains(null) ? null : [.. numbers.Cast<int>()];
    }

    private static Shape? Sizes(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node];
        if (items.Count is 0 or > MaxRank || items.Any(item => item is not ScalarNode))
        {
            Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
            return null;
        }

        // Every size is checked, so that all faults are reported.
        object?[] sizes = [.. items.Select(item => Int(argument, item, owner, bag))];
        return sizes.Contains(null) ? null : new Shape([.. sizes.Cast<int>()]);
    }

    private static Shape? Pair(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node, node];
        if (items.Count != 2 || items.Any(item => item is not ScalarNode))
        {
            Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
            return null;
        }

        object?[] sizes = [.. items.Select(item => Int(argument, item, owner, bag))];
        return sizes.Contains(null) ? null : new Shape([.. sizes.Cast<int>()]);
    }

    private static object? AmountOf(Argument argument, Node node, string owner, DiagnosticBag bag)
    {
        if (node is MapNode map)
            return SinceOf(argument, map, owner, bag);
        if (node is not ScalarNode scalar)
            return Wrong(argument, node, owner, Expectation.Of(argument.Type), "", bag);
        if (Numerals.TryInt(scalar, out long count))
        {
            if (count is >= 1 and <= int.MaxValue)
                return new Amount(count, IsFraction: false);
        }
        else if (Numerals.TryFloat(scalar, out double fraction) || Numerals.TryPercent(scalar, out fraction))
        {
            if (fraction is > 0 and <= 1)
                return new Amount(fraction, IsFraction: true);
        }
        else
        {
            string hint = Moment.TryParse(scalar.Text, out Moment moment) && moment.IsDate ? $"; a moment is written {{from: {scalar.Text}}}" : Numerals.Hint(scalar, whole: false);
            return Wrong(argument, node, owner, Expectation.Of(argument.Type), hint, bag);
        }

        bag.Add(DiagnosticTable.Syntax.OutOfRange, node.Location, $"{Name(argument, owner)} must be a fraction over 0 and at most 1, or a count of at least 1, got {node.Described}");
        return null;
    }

    /// <summary><c>{from: 2024-05-01}</c>.</summary>
    private static Amount? SinceOf(Argument argument, MapNode map, string owner, DiagnosticBag bag)
    {
        string from = Grammar.From.Name;
        MapEntry[] unknown = [.. map.Entries.Where(entry => entry.Key != from)];
        foreach (MapEntry entry in unknown)
            bag.Add(DiagnosticTable.Syntax.UnknownKey, entry.KeyLocation, $"unknown key '{entry.Key}' in {Name(argument, owner)}.{Suggestion.For(entry.Key, [from], bag, out _)}");
        if (unknown.Length > 0 || map[from] is ScalarNode { IsBroken: true })
            return null;
        if (map[from] is ScalarNode scalar && Moment.TryParse(scalar.Text, out Moment moment))
            return Amount.Since(moment);
        bag.Add(
            DiagnosticTable.Meaning.BadMoment,
            map[from]?.Location ?? map.Location,
            $"'{from}' of {Name(argument, owner)} must be a date in ISO 8601 (2024-05-01, 2024-05-01T12:30:00Z) or a number as in the column of times, got {map[from]?.Described ?? "nothing"}");
        return null;
    }

    private static bool InRange(Argument argument, double value, Node node, string owner, DiagnosticBag bag)
    {
        string? bound = argument switch
        {
            { Min: double min, MinExclusive: true } when value <= min => "over " + Numerals.Write(min),
            { Min: double min } when value < min => "at least " + Numerals.Write(min),
            { Max: double max } when value > max => "at most " + Numerals.Write(max),
            _ => null,
        };
        if (bound is null)
            return true;
        bag.Add(DiagnosticTable.Syntax.OutOfRange, node.Location, $"{Name(argument, owner)} must be {bound}, got {node.Described}");
        return false;
    }

    private static bool InChoices(Argument argument, ScalarNode node, string owner, DiagnosticBag bag)
    {
        if (argument.Choices.Count == 0 || argument.Choices.Contains(node.Text))
            return true;
        string near = Suggestion.Nearest(node.Text, argument.Choices, bag) is string meant ? $" Did you mean '{meant}'?" : "";
        bag.Add(DiagnosticTable.Syntax.NotAChoice, node.Location, $"{Name(argument, owner)} must be one of {string.Join(", ", argument.Choices)}, got {node.Described}.{near}");
        return false;
    }

    private static object? Wrong(Argument argument, Node node, string owner, string expected, string hint, DiagnosticBag bag)
    {
        bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"{Name(argument, owner)} must be {expected}, got {node.Described}{hint}");
        return null;
    }

    private static string Name(Argument argument, string owner) => owner.Length == 0 ? $"'{argument.Name}'" : $"'{argument.Name}' of '{owner}'";
}
