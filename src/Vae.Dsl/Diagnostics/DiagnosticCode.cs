using System.Globalization;
using System.Text;

namespace Vae.Dsl.Diagnostics;

/// <summary>A row of the <see cref="DiagnosticTable"/>.</summary>
/// <param name="Id"><c>VAE</c> and four digits, for ever the same.</param>
/// <param name="Title">A short name of the fault, for the docs page and editors.</param>
/// <param name="Help">What to do about it, in one or two sentences.</param>
/// <param name="Severity">How much it matters.</param>
public sealed record DiagnosticCode(string Id, string Title, string Help, Severity Severity = Severity.Error)
{
    private const int MaxMessage = 2_000;
    private const int MaxFile = 500;

    /// <summary>A diagnostic with this code. What a message quotes may be anything; it becomes one line of bearable length.</summary>
    public Diagnostic At(Location? location, string message) =>
        new(this, Line(message, MaxMessage), location is null ? null : location with { File = Line(location.File, MaxFile) });

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Line(string text, int most)
    {
        if (text.Length <= most && !text.Any(IsBreak))
            return text;
        var line = new StringBuilder();
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, most)))
        {
            line = letter switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when IsBreak(letter) => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => line.Append(letter),
            };
        }

        return (text.Length > most ? line.Append('…') : line).ToString();
    }

    private static bool IsBreak(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';
}
