using System.Globalization;
using Vae.Dsl;

namespace Vae.Artifacts.PyTorch;

/// <summary>A call in Python under construction: what differs from PyTorch's own defaults is written, and nothing else.</summary>
/// <param name="function">What is called.</param>
/// <param name="arguments">The arguments by position.</param>
internal sealed class PythonCall(string function, params object[] arguments)
{
    private readonly List<string> written = [.. arguments.Select(Value)];

    /// <summary>Adds an argument by name, unless it is the default.</summary>
    public PythonCall With(string name, object value, object normal)
    {
        string text = Value(value);
        if (text != Value(normal))
            written.Add($"{name}={text}");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{function}({string.Join(", ", written)})";

    /// <summary>A value as Python writes it; a shape with the same size twice, as kernels are, as that number.</summary>
    public static string Value(object value) => value switch
    {
        bool flag => flag ? "True" : "False",
        double number => Number(number),
        Shape { Rank: 2 } pair when pair[0] == pair[1] => Value(pair[0]),
        Shape shape => Tuple(shape),
        string text => text,
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };

    /// <summary>Sizes as a tuple, one of them too.</summary>
    public static string Tuple(IEnumerable<int> sizes)
    {
        string[] texts = [.. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))];
        return texts.Length == 1 ? $"({texts[0]},)" : $"({string.Join(", ", texts)})";
    }

    // Python's 1.0 is a float and its 1 a whole number; both write small numbers as 1e-05.
    private static string Number(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.Any(letter => letter is '.' or 'e') ? text : text + ".0";
    }
}
