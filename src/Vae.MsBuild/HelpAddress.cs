using System.Globalization;

namespace Vae.MsBuild;

/// <summary>Where the codes of errors and warnings are explained: the terminal and the editor make a link of it.</summary>
internal static class HelpAddress
{
    /// <summary>The place of a code on the page; <c>null</c> where there is no page, or no code.</summary>
    public static string? Of(string page, string code) => page.Length > 0 && code.Length > 0 ? page + "#" + code.ToLower(CultureInfo.InvariantCulture) : null;
}
