using Vae.Dsl.Catalogue;

namespace Vae.Dsl.Language;

/// <summary>What messages and the JSON Schema call the values of a type.</summary>
internal static class Expectation
{
    /// <summary>The words behind "must be".</summary>
    public static string Of(ArgumentType type) => type switch
    {
        ArgumentType.Int => "a whole number",
        ArgumentType.Float => "a number",
        ArgumentType.Share => "a number or a percentage",
        ArgumentType.Bool => "true or false",
        ArgumentType.Text => "text",
        ArgumentType.Ints => "a whole number or a list of them, as in [10, 20, 30]",
        ArgumentType.Texts => "a list of words, as in [a, b]",
        ArgumentType.Shape => "a size or a list of one to four sizes, as in [1, 28, 28]",
        ArgumentType.Pair => "a whole number, or [height, width]",
        ArgumentType.Amount => "a fraction (0.1, 10%) or a count (6000)",
        ArgumentType.Layers => "a list of layers",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no words for it"),
    };

    /// <summary>The same with the words that may stand in a number's place: <c>a number or 'learned'</c>.</summary>
    public static string Of(Argument argument) => argument.Type == ArgumentType.Float
        ? string.Join(" or ", [Of(argument.Type), .. argument.Choices.Select(word => $"'{word}'")])
        : Of(argument.Type);
}
