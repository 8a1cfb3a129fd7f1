using System.Globalization;
using System.Text;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Report.Sections;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report;

/// <summary>
/// Writes <c>report.html</c>: one page that needs nothing else, no network and no font. A small script shows the values under the pointer at once;
/// without it the page is the same, and the values show as tool tips. It holds nothing of the machine or the clock, so the same training gives
/// the same page.
/// </summary>
public static class HtmlReport
{
    // With fonts, styles and texts the page stays below two million characters.
    private const int MostForPictures = 1_600_000;

    private static readonly Lazy<string> Style = new(() => Resource("report.css"));

    private static readonly Lazy<string> Script = new(() => Resource("report.js"));

    /// <summary>The page, with LF line ends.</summary>
    public static string Write(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Section[] sections =
        [
            .. ResultSection.Of(content),
            .. FindingsSection.Of(content),
            .. CurveSection.Of(content),
            .. PicturesSection.Of(content),
            .. HealthSection.Of(content),
            .. ArchitectureSection.Of(content),
            .. SpecSection.Of(content),
            .. EnvironmentSection.Of(content),
        ];
        IReadOnlyList<string> texts = EmbeddedPictures.Fit([.. sections.Select(section => section.Html)], MostForPictures);
        var body = new StringBuilder();
        body.Append("<a class=\"skip\" href=\"#results\">Skip to the results</a>\n");
        body.Append(HeaderSection.Html(content));
        body.Append("<nav aria-label=\"Sections\"><ul>\n");
        foreach (Section section in sections)
            body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{section.Id}\">{Html.Escape(section.Title)}</a></li>\n");
        body.Append("</ul></nav>\n<main>\n");
        foreach ((Section section, string text) in sections.Zip(texts))
            body.Append(CultureInfo.InvariantCulture, $"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n<h2 id=\"{section.Id}-title\">{Html.Escape(section.Title)}</h2>\n{text}</section>\n");
        body.Append("</main>\n<footer>Written by Vae from the results of the training. Seconds, threads and machine are in run.json beside this page.</footer>\n");

        string page = body.ToString();
        return
            $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
            $"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Html.Escape(content.Spec.Name)}: training report</title>\n<style>\n" +
            SvgWriter.FontFaces([(page, FontWeight.Regular), (page, FontWeight.Medium)]) +
            Style.Value + SvgWriter.HintStyle + SvgWriter.DarkColours(Palette.All) +
            $"</style>\n</head>\n<body>\n{page}<div id=\"hint\" aria-hidden=\"true\" hidden=\"\"></div>\n<script>\n{Script.Value}</script>\n</body>\n</html>\n";
    }

    private static string Resource(string file)
    {
        string name = "Vae.Artifacts.Report." + file;
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
