using System.Globalization;
using System.Text.RegularExpressions;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Report;

/// <summary>
/// A plot's SVG as a figure of the page. The page states fonts and dark colours once for all plots, and sets title and explanation itself: they
/// break where the reader's window is narrow, and are headings for those who jump from one to the next.
/// </summary>
internal static partial class EmbeddedPlot
{
    // Left above the picture, of what its own titles took.
    private const double Gap = 8;

    // On a telephone a picture of at most this width is shown whole, to be enlarged by hand; of a wider one the letters would be lost, so it scrolls.
    private const double Narrow = 800;

    /// <summary>The figure.</summary>
    /// <param name="id">Its anchor; or <c>null</c>.</param>
    /// <param name="svg">What <see cref="SvgWriter"/> wrote.</param>
    /// <param name="caption">How to read the plot.</param>
    public static string Figure(string? id, string svg, string caption)
    {
        string plain = Style().Replace(svg, "", 1);
        string titles = "";
        if (Titles().Match(plain) is { Success: true } head && Root().Match(plain) is { Success: true } root)
        {
            double width = Number(root.Groups["width"]), height = Number(root.Groups["height"]), top = Number(head.Groups["bottom"]) - Gap;
            titles = $"<h3>{head.Groups["title"].Value}</h3>\n<p class=\"explanation\">{head.Groups["explanation"].Value}</p>\n";
            plain = plain.Remove(head.Index, head.Length);
            string size = $"width=\"{SvgWriter.Number(width)}\" height=\"{SvgWriter.Number(height - top)}\" viewBox=\"0 {SvgWriter.Number(top)} {SvgWriter.Number(width)} {SvgWriter.Number(height - top)}\"";
            plain = $"{root.Groups["start"].Value}{size} style=\"--width:{SvgWriter.Number(width)}px\"{(width <= Narrow ? " class=\"narrow\"" : "")}{plain[root.Length..]}";
        }

        return $"<figure{(id is null ? "" : $" id=\"{Html.Escape(id)}\"")}>\n{titles}<div class=\"picture\" tabindex=\"0\">\n{plain}</div>\n<figcaption>{Html.Escape(caption)}</figcaption>\n</figure>\n";
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("<style>.*?</style>\n", RegexOptions.Singleline)]
    private static partial Regex Style();

    // The texts are escaped: they hold no quotation mark, and stay as they are in the page.
    [GeneratedRegex("<g class=\"" + SvgWriter.TitlesClass + "\" data-title=\"(?<title>[^\"]*)\" data-explanation=\"(?<explanation>[^\"]*)\" data-bottom=\"(?<bottom>[0-9.]+)\">.*?</g>\n", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Titles();

    [GeneratedRegex("^(?<start><svg [^>]*?)width=\"(?<width>[0-9.]+)\" height=\"(?<height>[0-9.]+)\" viewBox=\"[^\"]*\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Root();
}
