using System.Globalization;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Report.Sections;

/// <summary>How the training went beside its losses.</summary>
internal static class HealthSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        if (content.Health.Count == 0)
            yield break;
        yield return new Section("health", "Training health", EmbeddedPlot.Figure(null, SvgWriter.Write(HealthPlot.Compose(content.Spec, content.Health)), HealthPlot.Caption) +
            $"<p class=\"small\">All of {content.Health.Count.ToString("#,0", CultureInfo.InvariantCulture)} {(content.Health.Count == 1 ? "epoch" : "epochs")} in numbers: health.csv.</p>\n");
    }
}
