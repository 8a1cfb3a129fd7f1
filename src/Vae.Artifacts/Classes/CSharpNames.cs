using System.Globalization;
using System.Text;

namespace Vae.Artifacts.Classes;

/// <summary>Names of the outside world as names of C#.</summary>
public static class CSharpNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>Whether a text can stand where C# wants a name; keywords cannot.</summary>
    public static bool IsIdentifier(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && IsStart(text[0]) && text.All(IsPart) && !Keywords.Contains(text);
    }

    /// <summary>Whether a text is names with dots between them; the empty text is the global namespace.</summary>
    public static bool IsNamespace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 || text.Split('.').All(IsIdentifier);
    }

    /// <summary>Words become one name with a capital letter each: <c>mnist-mlp</c> is <c>MnistMlp</c>, <c>3d shapes</c> is <c>_3dShapes</c>.</summary>
    public static string Pascal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = new StringBuilder(text.Length);
        bool isWordStart = true;
        foreach (char letter in text)
        {
            bool belongs = IsPart(letter) && letter != '_';
            if (belongs)
                name.Append(isWordStart ? char.ToUpperInvariant(letter) : letter);
            isWordStart = !belongs;
        }

        return name.Length > 0 && IsStart(name[0]) ? name.ToString() : "_" + name;
    }

    /// <summary>A namespace from the name of a project or folder: what C# does not allow becomes <c>_</c>.</summary>
    public static string Namespace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('.', text.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            string name = string.Concat(part.Select(letter => IsPart(letter) ? letter : '_'));
            return !IsStart(name[0]) || Keywords.Contains(name) ? "_" + name : name;
        }));
    }

    private static bool IsStart(char letter) => letter == '_' || char.IsLetter(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.LetterNumber;

    private static bool IsPart(char letter) => IsStart(letter) || char.GetUnicodeCategory(letter) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
}
