using Vae.Dsl;

namespace Vae.Artifacts.Report.Sections;

/// <summary>The layers.</summary>
internal static class ArchitectureSection
{
    public static IEnumerable<Section> Of(ReportContent content)
    {
        Spec spec = content.Spec;
        string total = $"<p>{Html.Number(spec.ParameterCount)} parameters{(spec.BufferCount > 0 ? $", and {Html.Number(spec.BufferCount)} numbers that are not trained" : "")}.</p>\n";
        yield return new Section("architecture", "Architecture", total + Html.Table("Architecture", ["name", "layer", "output", "#parameters"], spec.Architecture.Select(row => (IReadOnlyList<string>)
        [
            $"<span class=\"{(row.Depth == 0 ? "part" : "layer")}\" style=\"padding-left:{row.Depth}em\">{Html.Escape(row.Name)}</span>",
            Html.Escape(row.Kind),
            Html.Escape(row.Output),
            row.Parameters is long count ? Html.Number(count) : "",
        ])));
    }
}
