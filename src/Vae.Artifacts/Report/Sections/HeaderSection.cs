using System.Globalization;
using System.Text;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Report.Sections;

/// <summary>The head of the page: what was trained, and the verdict.</summary>
internal static class HeaderSection
{
    public static string Html(ReportContent content)
    {
        Spec spec = content.Spec;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<header>\n<p class=\"over\">Training report</p>\n<h1>{Report.Html.Escape(spec.Name)}</h1>\n");
        if (spec.Description is { Length: > 0 } description)
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"lead\">{Report.Html.Escape(description)}</p>\n");
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict\">{Verdict(content)}</p>\n");

        string digest = SpecDigest.Of(spec);
        text.Append("<dl class=\"facts\">\n");
        Fact("data", Report.Html.Escape($"{spec.Data.Dataset ?? spec.Data.Source ?? "data"} {spec.Data.Shape}"));
        if (spec.Condition is { } condition)
            Fact("condition", $"label, {Report.Html.Number(condition.Classes)} classes, {(condition.Kind == ConditionKind.OneHot ? "one-hot" : $"embedded in {Report.Html.Number(condition.Size)} numbers")}");
        Fact("latent", $"{Report.Html.Number(spec.Latent.Dim)} {(spec.Latent.Dim == 1 ? "dimension" : "dimensions")}");
        Fact("parameters", Report.Html.Number(spec.ParameterCount));
        Fact("training", $"{spec.Train.Unit.Describe(spec.Train.Length)}, batches of {Report.Html.Number(spec.Train.Batch)}");
        Fact("optimizer", Report.Html.Escape($"{spec.Train.Optimizer.Kind}, learning rate {Report.Html.Given(spec.Train.LearningRate)}"));
        Fact("seed", spec.Train.Seed.ToString(CultureInfo.InvariantCulture));
        Fact("spec", $"<code title=\"SHA-256 of spec.resolved.yaml: {digest}\">{digest[..12]}</code>");
        return text.Append("</dl>\n</header>\n").ToString();

        void Fact(string name, string html) => text.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{html}</dd></div>\n");
    }

    private static string Verdict(ReportContent content)
    {
        IReadOnlyList<CheckOutcome> checks = ChecksEvaluator.Outcomes(content.Spec, content.Metrics);
        int passed = checks.Count(check => check.Passed);
        int warnings = content.Findings.Count(finding => finding.Code.Severity == Severity.Warning);
        string noun = checks.Count == 1 ? "check" : "checks";
        string ofChecks = checks.Count == 0
            ? Report.Html.Pill("plain", "no checks")
            : passed == checks.Count
                ? Report.Html.Pill("good", $"{passed} of {checks.Count} {noun} passed")
                : Report.Html.Pill("bad", $"{checks.Count - passed} of {checks.Count} {noun} failed");
        string ofFindings = warnings == 0
            ? Report.Html.Pill("good", "no warnings")
            : Report.Html.Pill("warn", $"{warnings} {(warnings == 1 ? "warning" : "warnings")}");
        return $"{ofChecks} {ofFindings}";
    }
}
