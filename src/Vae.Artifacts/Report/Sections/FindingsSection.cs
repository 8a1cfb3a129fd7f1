using System.Globalization;
using System.Text;
using Vae.Artifacts.Lint;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Report.Sections;

/// <summary>What the training shows of itself, each with its remedy.</summary>
internal static class FindingsSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        var text = new StringBuilder();
        if (content.Findings.Count == 0)
            text.Append("<p>Nothing: no collapsed or idle latent dimension, no gap between codes and prior, no rising validation loss, no variance at a bound.</p>\n");
        foreach (Finding finding in content.Findings)
        {
            bool warning = finding.Code.Severity == Severity.Warning;
            text.Append(CultureInfo.InvariantCulture, $"<div class=\"note{(warning ? " warn" : "")}\"><p>{Html.Pill(warning ? "warn" : "plain", warning ? "warning" : "to know")} <span class=\"code\">{finding.Code.Id}</span></p><p>{Html.Escape(finding.Message)}</p><p>{Html.Escape(finding.Remedy)}</p></div>\n");
        }

        yield return new Section("findings", "Findings", text.ToString());
    }
}
