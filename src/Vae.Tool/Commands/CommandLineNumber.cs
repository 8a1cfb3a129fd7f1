using System.CommandLine.Parsing;
using System.Globalization;

namespace Vae.Tool.Commands;

/// <summary>An option's number, for validators.</summary>
internal static class CommandLineNumber
{
    /// <summary>
    /// The number, or <c>null</c> where the option is not given or holds anything else. The parser reports the latter by itself, but would
    /// throw if a validator asked it for the value.
    /// </summary>
    public static int? Of(OptionResult option) =>
        option.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;
}
