using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Tests.Generation;

/// <summary>Random values as a spec writes them, by what the grammar and the catalogues allow.</summary>
internal sealed class RandomText(int seed)
{
    private readonly Random random = new(seed);

    public T One<T>(params IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>A value that the argument allows by itself, which need not fit what stands beside it.</summary>
    public string Value(Argument argument) => argument switch
    {
        { AllowsAuto: true } when random.Next(5) == 0 => "auto",
        { AllowsSizes: true } when random.Next(3) == 0 => Sizes(),
        _ => argument.Type switch
        {
            ArgumentType.Int => Int(argument),
            ArgumentType.Float => Float(argument),
            ArgumentType.Share => One(Float(argument), "2%", "50%"),
            ArgumentType.Bool => One("true", "false"),
            ArgumentType.Text => Text(argument),
            ArgumentType.Texts => $"[{string.Join(", ", Words(argument))}]",
            ArgumentType.Shape => Sizes(),
            ArgumentType.Pair => One(Int(argument), $"[{Int(argument)}, {Int(argument)}]"),
            ArgumentType.Layers => One("[tanh]", "[layernorm, relu]", "[{linear: {out: auto, act: relu}}, {dropout: 0.1}]", "[{linear: {out: 5, name: wide}}]"),
            ArgumentType.Ints => One("[3]", "[3, 7]", "[2, 5, 11]"),
            ArgumentType.Amount => One("0.1", "10%", "80%", "0.3333333333333333", "2"),
            _ => throw new InvalidOperationException($"no values for {argument.Type}"),
        },
    };

    /// <summary>A row of a catalogue with what it needs, and some of what it takes; <paramref name="always"/> is among it.</summary>
    public string Row(ComponentKind row, Argument? always = null)
    {
        string[] arguments = [.. row.Arguments.Where(argument => argument.Required || argument == always || random.Next(4) == 0).Select(argument => $"{argument.Name}: {Value(argument)}")];
        return arguments.Length == 0 ? row.Name : $"{row.Name}: {{{string.Join(", ", arguments)}}}";
    }

    /// <summary>A row in braces, as it stands in a flow list.</summary>
    public string Item(ComponentKind row, Argument? always = null)
    {
        string text = Row(row, always);
        return text.Contains(':', StringComparison.Ordinal) ? $"{{{text}}}" : text;
    }

    /// <summary>What may stand under a key; <c>null</c> where it is not known what.</summary>
    public string? Under(Content content) => content switch
    {
        Content.Plain(Argument argument) => Value(argument),
        Content.Map { Single: Argument single } when random.Next(2) == 0 => Value(single),
        Content.Map(Place place) => Map(place),
        Content.Named(_, Place each, ValueList<string> names) => $"{{{One(names)}: {Map(each)}}}",
        Content.OneOf(ComponentCatalogue catalogue, _) => Item(One(catalogue.All)),
        Content.ListOf(ComponentCatalogue catalogue) => $"[{string.Join(", ", catalogue.All.Where(_ => random.Next(3) == 0).Select(row => Item(row)))}]",
        Content.Free(FreeForm.Range) => One("[-8, 8]", "[-0.5, 2.25]"),
        _ => null,
    };

    /// <summary>A map with what it needs, and some of what it takes.</summary>
    private string Map(Place place)
    {
        IEnumerable<string> entries = place.Keys
            .Where(key => key.Required || key.Content is Content.Plain { Argument.Required: true } || random.Next(3) == 0)
            .Select(key => (key.Name, Value: Under(key.Content)))
            .Where(entry => entry.Value is not null)
            .Select(entry => $"{entry.Name}: {entry.Value}");
        return $"{{{string.Join(", ", entries)}}}";
    }

    private string Int(Argument argument)
    {
        double low = argument.Min ?? -3, high = argument.Max ?? 1000;
        return Numerals.Write(Math.Min(high, low + One(0, 1, 1, 2, 3, 7)));
    }

    private string Float(Argument argument)
    {
        // Words that may stand in place of a number.
        if (argument.Choices.Count > 0 && random.Next(2) == 0)
            return One(argument.Choices);
        double low = argument.Min ?? -2, high = argument.Max ?? 1e6;
        double least = argument.MinExclusive ? low + 1e-9 : low;
        return Numerals.Write(Math.Clamp(One(least, 1e-5, 0.1, 1.0 / 3, 0.5, 1, 2.5, 1e6), least, high));
    }

    private string Text(Argument argument) => argument switch
    {
        { Choices.Count: > 0 } => One(argument.Choices),
        { Pattern: not null } => One("abc", "a-1"),
        _ => One("word", "\"two words\"", "\"3\"", "\"a: b # c\"", "\"true\"", "\"Größe\\t\\\"✓\\\"\"", "'null'"),
    };

    private IEnumerable<string> Words(Argument argument) => argument.Choices.Count > 0
        ? argument.Choices.Where(_ => random.Next(2) == 0)
        : ((string[])["x", "\"y z\"", "\"7\""]).Take(random.Next(1, 4));

    private string Sizes() => $"[{string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => One("1", "2", "3", "4")))}]";
}
