using System.Globalization;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;

namespace Vae.Artifacts.Report;

/// <summary>Text, numbers and small parts as the page writes them.</summary>
internal static class Html
{
    /// <summary>A text for elements and attributes.</summary>
    public static string Escape(string text) => SvgWriter.Escape(text);

    /// <summary>A whole number with thousands.</summary>
    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with four digits; tables of files and csv have all.</summary>
    public static string Text(double value) => double.IsNaN(value) ? "not a number" : double.IsInfinity(value) ? "infinite" : PlotText.Number(value);

    /// <summary>A number as somebody wrote it, with all its digits.</summary>
    public static string Given(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A verdict of a few words; the word says it, not the colour alone.</summary>
    /// <param name="kind">The class: <c>good</c>, <c>bad</c>, <c>warn</c>, <c>plain</c>.</param>
    public static string Pill(string kind, string text) => $"<span class=\"pill {kind}\">{Escape(text)}</span>";

    /// <summary>A table that scrolls inside of its own frame where it is wider than the page; the frame can be reached by keyboard.</summary>
    /// <param name="label">What the table is, for those who do not see it.</param>
    /// <param name="head">The cells of the first row; a column of numbers starts with <c>#</c>.</param>
    /// <param name="rows">The cells of each row as HTML.</param>
    public static string Table(string label, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] classes = [.. head.Select(cell => cell.StartsWith('#') ? " class=\"n\"" : "")];
        string heads = string.Concat(head.Select((cell, i) => $"<th scope=\"col\"{classes[i]}>{Escape(cell.TrimStart('#'))}</th>"));
        string body = string.Concat(rows.Select(row => "<tr>" + string.Concat(row.Select((cell, i) => i == 0 ? $"<th scope=\"row\"{classes[i]}>{cell}</th>" : $"<td{classes[i]}>{cell}</td>")) + "</tr>\n"));
        return $"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{Escape(label)}\"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n";
    }
}
