using System.Globalization;
using System.Text;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report.Sections;

/// <summary>What the training ran on, as far as that is no matter of one machine; the data, and the files that are left.</summary>
internal static class EnvironmentSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        var text = new StringBuilder();
        text.Append("<dl class=\"facts\">\n");
        foreach ((string name, string value) in content.Libraries.OrderBy(library => library.Key, StringComparer.Ordinal).Prepend(new("device", content.Device)).Where(fact => fact.Value.Length > 0))
            text.Append(CultureInfo.InvariantCulture, $"<div><dt>{Html.Escape(name)}</dt><dd>{Html.Escape(value)}</dd></div>\n");
        text.Append("</dl>\n");
        if (content.Data.Count > 0)
        {
            text.Append("<h3>Data</h3>\n").Append(Html.Table("Data files", ["file", "SHA-256"], content.Data.OrderBy(file => file.Name, StringComparer.Ordinal).Select((DataFileDigest file) => (IReadOnlyList<string>)
                [Html.Escape(file.Name), Hash(file.Sha256)])));
        }

        if (content.Files.Count > 0)
        {
            text.Append("<h3>Files</h3>\n").Append(Html.Table("Files", ["file", "#bytes", "SHA-256"], content.Files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => (IReadOnlyList<string>)
                [Html.Escape(file.Path), Html.Number(file.Bytes), Hash(file.Sha256)])));
        }

        yield return new Section("environment", "Environment and files", text.ToString());
    }

    private static string Hash(string sha256) => $"<code class=\"hash\">{Html.Escape(sha256)}</code>";
}
