using System.Globalization;
using System.Text;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Building;

/// <summary>A call of the builder in the words of its code: the place of a diagnostic, where a file would have a line.</summary>
internal static class CallSite
{
    /// <summary>The call with all that was given: <c>Train(epochs: 3, lr: 0.002)</c>. A part without a name stands for itself.</summary>
    public static Location Whole(string method, IEnumerable<KeyValuePair<string, object>> given) =>
        new($"{method}({string.Join(", ", given.Select(part => Written(part.Key, part.Value)))})", 0, 0);

    /// <summary>One argument of the call: <c>Train(lr: -1)</c>.</summary>
    public static Location Argument(string method, string key, object value) => Whole(method, [new(key, value)]);

    /// <summary>A key of the language as a parameter's name: <c>clipNorm</c> for <c>clip-norm</c>.</summary>
    public static string ParameterName(string key)
    {
        var name = new StringBuilder();
        foreach (string word in key.Split('-'))
            name.Append(name.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]);
        return name.ToString();
    }

    private static string Written(string key, object value) => key.Length == 0 ? Written(value) : $"{ParameterName(key)}: {Written(value)}";

    private static string Written(object value) => value switch
    {
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<int> or IEnumerable<double> or IEnumerable<string> =>
            $"[{string.Join(", ", ((System.Collections.IEnumerable)value).Cast<object>().Select(Written))}]",
        Pair pair => pair.Height == pair.Width ? Written(pair.Height) : $"({Written(pair.Height)}, {Written(pair.Width)})",
        Interval interval => $"({Written(interval.Min)}, {Written(interval.Max)})",
        Component { Origin: Location call } => call.File,
        Component component => Written(component.Kind),
        WeightSpec.Constant constant => Written(constant.Value),
        Amount amount => amount.ToString(),
        WeightSpec.Learned => "Weights.Learned",
        _ => "…",
    };
}
