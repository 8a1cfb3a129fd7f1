using System.Globalization;
using System.Text;

namespace Vae.Runtime;

/// <summary>
/// The lists in a model's metadata: JSON arrays of numbers or of texts. Read by hand, because netstandard2.0 has no JSON of its own
/// and a package for two short lists would be one more that can clash.
/// </summary>
internal static class JsonList
{
    /// <summary>The numbers of <c>[0.5,-1e3]</c>.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static double[] Numbers(string text) => [.. Elements(text).Select(element => double.Parse(element, NumberStyles.Float, CultureInfo.InvariantCulture))];

    /// <summary>The texts of <c>["a","b"]</c>.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static string[] Texts(string text) => [.. Elements(text).Select(Unquoted)];

    private static List<string> Elements(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length < 2 || trimmed[0] != '[' || trimmed[trimmed.Length - 1] != ']')
            throw Broken(text);
        List<string> elements = [];
        bool isQuoted = false;
        int start = 1;
        for (int i = 1; i < trimmed.Length; i++)
        {
            if (isQuoted && trimmed[i] == '\\')
            {
                i++;
            }
            else if (trimmed[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (trimmed[i] == ',' || i == trimmed.Length - 1))
            {
                elements.Add(trimmed.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        if (isQuoted)
            throw Broken(text);
        return elements.Count == 1 && elements[0].Length == 0 ? [] : elements;
    }

    private static string Unquoted(string element)
    {
        if (element.Length < 2 || element[0] != '"' || element[element.Length - 1] != '"')
            throw Broken(element);
        var text = new StringBuilder(element.Length);
        for (int i = 1; i < element.Length - 1; i++)
        {
            if (element[i] != '\\')
            {
                text.Append(element[i]);
                continue;
            }

            i++;
            if (element[i] == 'u')
            {
                if (i + 4 >= element.Length - 1 || !ushort.TryParse(element.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
                    throw Broken(element);
                text.Append((char)code);
                i += 4;
                continue;
            }

            text.Append(element[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', '"' or '\\' or '/' => element[i], _ => throw Broken(element) });
        }

        return text.ToString();
    }

    private static FormatException Broken(string text) => new($"'{text}' is no list of JSON");
}
