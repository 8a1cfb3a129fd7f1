using System.Globalization;
using System.Text;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Report.Sections;

/// <summary>What was written for the spec, by whom, and the whole that follows from it.</summary>
internal static class SpecSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        var text = new StringBuilder();
        ReportContext context = content.Context;
        Origin[] written = [.. context.Origins.Where(origin => origin.Place is not null)];
        if (written.Length > 0)
            Written(text, context, written);
        text.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>Resolved spec, every default filled in</summary>\n<pre tabindex=\"0\">{Html.Escape(content.Spec.ToYaml())}</pre>\n</details>\n");
        yield return new Section("spec", "Spec", text.ToString());
    }

    // What differs from a base is what a reader comes for; all that one file says is there for those who look for it.
    private static void Written(StringBuilder text, ReportContext context, Origin[] written)
    {
        if (context.Files.Count < 2)
        {
            text.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>Written values, all others are the language's defaults</summary>\n{Values("Written values", context, written)}</details>\n");
            return;
        }

        Origin[] own = [.. written.Where(origin => !IsOfBase(origin, context))];
        string bases = string.Join(" and ", context.Files.Skip(1).Select(file => Path.GetFileName(file)));
        text.Append(CultureInfo.InvariantCulture, $"<p>It extends {Html.Escape(bases)}. What it says otherwise or besides:</p>\n{Values("Differences from the base", context, own)}");
        int inherited = written.Length - own.Length;
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">{Html.Number(inherited)} {(inherited == 1 ? "value comes" : "values come")} from the base, {Html.Number(context.Origins.Count - written.Length)} are the language's defaults.</p>\n");
    }

    private static string Values(string label, ReportContext context, Origin[] origins)
    {
        Dictionary<string, string> before = context.Base.ToDictionary(origin => origin.Path, origin => origin.Value, StringComparer.Ordinal);
        string[] head = before.Count > 0 ? ["key", "value", "in the base", "written in"] : ["key", "value", "written in"];
        return Html.Table(label, head, origins.Select(origin =>
        {
            string value = $"<code>{Html.Escape(origin.Value)}</code>{(origin.Parameter is null ? "" : $" <span class=\"by\">$({Html.Escape(origin.Parameter)})</span>")}";
            string was = before.TryGetValue(origin.Path, out string? old) ? (old == origin.Value ? "the same" : $"<code>{Html.Escape(old)}</code>") : "nothing";
            string place = PlaceOf(origin.Place!, context.Files.Count > 0 ? context.Files[0] : null);
            return (IReadOnlyList<string>)(before.Count > 0 ? [Html.Escape(origin.Path), value, was, place] : [Html.Escape(origin.Path), value, place]);
        }));
    }

    private static bool IsOfBase(Origin origin, ReportContext context) => context.Files.Skip(1).Contains(origin.Place!.File, StringComparer.Ordinal);

    // The name alone: a folder belongs to a machine. The spec's own needs no name. What is no file is an option of the command line, or a call.
    private static string PlaceOf(Location place, string? own) => place.Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(place.File == own ? "" : Html.Escape(Path.GetFileName(place.File)) + ", ")}line {place.Line}")
        : place.File.StartsWith("--", StringComparison.Ordinal) ? $"<code>{Html.Escape(place.File)}</code>" : Html.Escape(Path.GetFileName(place.File));
}
