using System.Globalization;
using System.Text;

namespace Vae.Artifacts.Drawing;

/// <summary>
/// The back end that makes SVG of a scene. Text stays text (to select, search and read aloud); the outlines of the letters used
/// travel in the file as a font, and <c>textLength</c> keeps the layout where a viewer does not read embedded fonts. Light colours
/// are attributes, dark ones a style sheet, so that viewers without style sheets show the light picture.
/// </summary>
internal static class SvgWriter
{
    /// <summary>A document of its own.</summary>
    public static string Write(Scene scene)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(scene.Width)}\" height=\"{Number(scene.Height)}\" viewBox=\"0 0 {Number(scene.Width)} {Number(scene.Height)}\" role=\"img\" font-family=\"{FontList}\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{Escape(scene.Title)}</title>\n<desc>{Escape(scene.Description)}</desc>\n");
        text.Append("<style>\n").Append(FontFaces(scene.Labels)).Append(DarkColours(Used(scene.Marks)));
        if (scene.Marks.Any(mark => mark is Mark.Hint))
            text.Append(HintStyle);
        text.Append("</style>\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Number(scene.Width)}\" height=\"{Number(scene.Height)}\" {Fill(Palette.Paper)}/>\n");
        foreach (Mark mark in scene.Marks)
            Write(mark, text);
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>The rules that mark the place whose hint shows.</summary>
    public const string HintStyle = ".hint{opacity:0}.hint:hover{opacity:.08}@media print{.hint{display:none}}\n";

    /// <summary>The class of the group that holds title and explanation; its attributes hold them unbroken, and where the picture begins.</summary>
    public const string TitlesClass = "titles";

    /// <summary>The families to ask for: the embedded one, then the viewer's.</summary>
    public const string FontList = $"'{Fonts.Family}', system-ui, sans-serif";

    /// <summary>The <c>@font-face</c> rules with the letters that the texts use, one for each weight used.</summary>
    public static string FontFaces(IEnumerable<(string Text, FontWeight Weight)> texts) => string.Concat(texts
        .GroupBy(label => label.Weight)
        .OrderBy(weight => weight.Key)
        .Select(weight =>
        {
            byte[] font = Fonts.Of(weight.Key).Subset(weight.SelectMany(label => label.Text.EnumerateRunes()).Distinct());
            return $"@font-face{{font-family:'{Fonts.Family}';font-weight:{(int)weight.Key};src:url(data:font/ttf;base64,{Convert.ToBase64String(font)}) format('truetype')}}\n";
        }));

    /// <summary>The rules that replace the light colours on a dark screen.</summary>
    public static string DarkColours(IEnumerable<Paint> paints) =>
        "@media screen and (prefers-color-scheme:dark){" +
        string.Concat(paints.Select(paint => $".f-{paint.Name}{{fill:{paint.Dark}}}.s-{paint.Name}{{stroke:{paint.Dark}}}")) + "}\n";

    /// <summary>At most two decimals, and no <c>-0</c>.</summary>
    public static string Number(double value)
    {
        string text = Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>The text for XML and HTML, in elements and attributes; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private static string FontFaces(IEnumerable<Mark.Label> labels) => FontFaces(labels.Select(label => (label.Text, label.Style.Weight)));

    private static IEnumerable<Paint> Used(IEnumerable<Mark> marks)
    {
        var used = Paints(marks).ToHashSet();
        return Palette.All.Where(paint => paint == Palette.Paper || used.Contains(paint));
    }

    private static IEnumerable<Paint> Paints(IEnumerable<Mark> marks) => marks.SelectMany(mark => mark switch
    {
        Mark.Line line => [line.Stroke],
        Mark.Area area => [area.Fill],
        Mark.Region region => [region.Fill],
        Mark.Dots dots => [dots.Fill],
        Mark.Label label => [label.Style.Paint],
        Mark.Clip clip => Paints(clip.Marks),
        Mark.Titles titles => titles.Lines.Select(line => line.Style.Paint),
        Mark.Hint => [Palette.Ink],
        _ => Array.Empty<Paint>(),
    });

    private static void Write(Mark mark, StringBuilder text)
    {
        switch (mark)
        {
            case Mark.Line line:
                text.Append(CultureInfo.InvariantCulture, $"<path d=\"{Path(line.Points)}\" fill=\"none\" {Stroke(line.Stroke)} stroke-width=\"{Number(line.Width)}\"");
                if (line.Round)
                    text.Append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
                if (line.Dash is { } dash)
                    text.Append(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{Number(dash.On)} {Number(dash.Off)}\"");
                text.Append(Opacity(line.Opacity)).Append("/>\n");
                break;
            case Mark.Area area:
                text.Append(CultureInfo.InvariantCulture, $"<path d=\"{Path(area.Points)}Z\" {Fill(area.Fill)}{Opacity(area.Opacity)}/>\n");
                break;
            case Mark.Region { Outlines.Count: > 0 } region:
                text.Append(CultureInfo.InvariantCulture, $"<path d=\"{string.Concat(region.Outlines.Select(outline => Path(outline) + "Z"))}\" {Fill(region.Fill)}{Opacity(region.Opacity)}/>\n");
                break;
            case Mark.Dots { Square: true } squares:
                // Lines of length 0 with square caps would do on a screen; in a PDF they have no direction and are not drawn.
                string side = Number(squares.Size);
                text.Append("<path d=\"");
                foreach (Point point in squares.Points)
                    text.Append(CultureInfo.InvariantCulture, $"M{Number(point.X - (squares.Size / 2))} {Number(point.Y - (squares.Size / 2))}h{side}v{side}h-{side}Z");
                text.Append(CultureInfo.InvariantCulture, $"\" {Fill(squares.Fill)}{Opacity(squares.Opacity)}/>\n");
                break;
            case Mark.Dots dots:
                // A line of length 0 with round caps is a disc: a few characters a point.
                text.Append("<path d=\"");
                foreach (Point point in dots.Points)
                    text.Append(CultureInfo.InvariantCulture, $"M{Number(Math.Round(point.X, 1))} {Number(Math.Round(point.Y, 1))}h0");
                text.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" {Stroke(dots.Fill)} stroke-width=\"{Number(dots.Size)}\" stroke-linecap=\"round\"{Opacity(dots.Opacity)}/>\n");
                break;
            case Mark.Picture picture:
                string enlarged = picture.Place.Width >= picture.Pixels.Width ? " style=\"image-rendering:pixelated\"" : "";
                text.Append(CultureInfo.InvariantCulture, $"<image x=\"{Number(picture.Place.X)}\" y=\"{Number(picture.Place.Y)}\" width=\"{Number(picture.Place.Width)}\" height=\"{Number(picture.Place.Height)}\" preserveAspectRatio=\"none\"{enlarged} href=\"data:image/png;base64,{Convert.ToBase64String(PngEncoder.Encode(picture.Pixels))}\"><title>{Escape(picture.Description)}</title></image>\n");
                break;
            case Mark.Label label:
                string anchor = label.Anchor switch { Anchor.Start => "", Anchor.Middle => " text-anchor=\"middle\"", _ => " text-anchor=\"end\"" };
                string weight = label.Style.Weight == FontWeight.Regular ? "" : $" font-weight=\"{(int)label.Style.Weight}\"";
                string place = label.Up
                    ? $"transform=\"translate({Number(label.At.X)} {Number(label.At.Y)}) rotate(-90)\""
                    : $"x=\"{Number(label.At.X)}\" y=\"{Number(label.At.Y)}\"";
                text.Append(CultureInfo.InvariantCulture, $"<text {place} font-size=\"{Number(label.Style.Size)}\"{weight}{anchor} {Fill(label.Style.Paint)} textLength=\"{Number(label.Style.Measure(label.Text))}\" lengthAdjust=\"spacingAndGlyphs\">{Escape(label.Text)}</text>\n");
                break;
            case Mark.Titles titles:
                text.Append(CultureInfo.InvariantCulture, $"<g class=\"{TitlesClass}\" data-title=\"{Escape(titles.Title)}\" data-explanation=\"{Escape(titles.Explanation)}\" data-bottom=\"{Number(titles.Bottom)}\">\n");
                foreach (Mark line in titles.Lines)
                    Write(line, text);
                text.Append("</g>\n");
                break;
            case Mark.Hint hint:
                text.Append(CultureInfo.InvariantCulture, $"<rect class=\"hint f-ink\" fill=\"{Palette.Ink.Light}\" opacity=\"0\" x=\"{Number(hint.Target.X)}\" y=\"{Number(hint.Target.Y)}\" width=\"{Number(hint.Target.Width)}\" height=\"{Number(hint.Target.Height)}\"><title>{Escape(hint.Text)}</title></rect>\n");
                break;
            case Mark.Clip clip:
                // An inner svg element clips without an id, so that several pictures can share a page.
                string frame = $"{Number(clip.Window.X)} {Number(clip.Window.Y)} {Number(clip.Window.Width)} {Number(clip.Window.Height)}";
                text.Append(CultureInfo.InvariantCulture, $"<svg x=\"{Number(clip.Window.X)}\" y=\"{Number(clip.Window.Y)}\" width=\"{Number(clip.Window.Width)}\" height=\"{Number(clip.Window.Height)}\" viewBox=\"{frame}\" overflow=\"hidden\">\n");
                foreach (Mark part in clip.Marks)
                    Write(part, text);
                text.Append("</svg>\n");
                break;
        }
    }

    private static string Path(IReadOnlyList<Point> points) =>
        "M" + string.Join('L', points.Select(point => $"{Number(point.X)} {Number(point.Y)}"));

    private static string Fill(Paint paint) => $"fill=\"{paint.Light}\" class=\"f-{paint.Name}\"";

    private static string Stroke(Paint paint) => $"stroke=\"{paint.Light}\" class=\"s-{paint.Name}\"";

    private static string Opacity(double opacity) => opacity < 1 ? $" opacity=\"{Number(opacity)}\"" : "";
}
