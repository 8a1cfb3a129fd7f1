using Vae.Artifacts.Plots;

namespace Vae.Artifacts.Report.Sections;

/// <summary>All plots but the loss curve.</summary>
internal static class PicturesSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        DrawnPlot[] plots = [.. content.Plots.Where(plot => plot.Plot.Kind != "loss")];
        if (plots.Length > 0)
            yield return new Section("pictures", "Pictures", string.Concat(plots.Select(plot => EmbeddedPlot.Figure(plot.Name, plot.Files.Svg, PlotTable.Get(plot.Plot.Kind).Caption))));
    }
}
