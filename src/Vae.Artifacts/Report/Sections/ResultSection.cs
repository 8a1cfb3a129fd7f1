using System.Globalization;
using System.Text;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Artifacts.Report.Sections;

/// <summary>The final numbers, what they are compared with, and what the weight of the KL means.</summary>
internal static class ResultSection
{
    private static readonly string[] Splits = ["test", "validation", "train"];

    private static readonly string[] Measures = ["loss", "reconstruction", "reconstruction-mu", "kl", "log-likelihood"];

    public static IEnumerable<Section> Of(ReportContent content)
    {
        var text = new StringBuilder();
        Cards(text, content);
        AllMetrics(text, content);
        Checks(text, ChecksEvaluator.Outcomes(content.Spec, content.Metrics));
        Weight(text, content);
        yield return new Section("results", "Results", text.ToString());
    }

    // The numbers of the split that says most; the table below has all.
    private static void Cards(StringBuilder text, ReportContent content)
    {
        Spec spec = content.Spec;
        string split = Splits.FirstOrDefault(name => content.Metrics.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal))) ?? "";
        text.Append("<div class=\"cards\">\n");
        foreach (string measure in Measures)
        {
            if (measure == "reconstruction-mu" || !content.Metrics.TryGetValue($"{split}.{measure}", out double value))
                continue;
            (string title, string unit) = Words(measure, split, spec);
            Card($"{split} {title}", value, unit);
        }

        Card("effective β", EffectiveBeta.Of(spec).Value, "weight of the KL on the scale of an evidence lower bound");
        if (content.Metrics.TryGetValue(MetricNames.Sigma, out double sigma))
            Card("σ", sigma, Words(MetricNames.Sigma, "", spec).Unit);
        text.Append("</div>\n");

        void Card(string what, double value, string unit) => text.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"card\"><div class=\"what\">{Html.Escape(what.Trim())}</div><div class=\"value\">{Html.Text(value)}</div><div class=\"unit\">{Html.Escape(unit)}</div></div>\n");
    }

    private static void AllMetrics(StringBuilder text, ReportContent content)
    {
        (string Split, string Measure, double Value)[] all = [.. content.Metrics.Select(metric =>
        {
            int dot = metric.Key.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? ("", metric.Key, metric.Value) : (metric.Key[..dot], metric.Key[(dot + 1)..], metric.Value);
        })];
        string[] splits = [.. all.Select(metric => metric.Split).Distinct().Where(split => split.Length > 0).OrderBy(split => Known(Splits, split)).ThenBy(split => split, StringComparer.Ordinal)];
        string[] measures = [.. all.Select(metric => metric.Measure).Distinct().OrderBy(measure => Known(Measures, measure)).ThenBy(measure => measure, StringComparer.Ordinal)];
        text.Append(Html.Table("All final metrics", ["metric", .. splits.Select(split => "#" + split), .. all.Any(metric => metric.Split.Length == 0) ? ["#"] : Array.Empty<string>(), "unit"], measures.Select(measure =>
        {
            (string title, string unit) = Words(measure, "", content.Spec);
            return (IReadOnlyList<string>)
            [
                Html.Escape(title),
                .. splits.Select(split => Value(split, measure)),
                .. all.Any(metric => metric.Split.Length == 0) ? [Value("", measure)] : Array.Empty<string>(),
                Html.Escape(unit),
            ];
        })));

        string Value(string split, string measure) => all.Where(metric => metric.Split == split && metric.Measure == measure).Select(metric => Html.Text(metric.Value)).FirstOrDefault() ?? "";

        static int Known(string[] names, string name) => Array.IndexOf(names, name) is >= 0 and int at ? at : int.MaxValue;
    }

    private static (string Title, string Unit) Words(string measure, string split, Spec spec) => measure switch
    {
        "loss" => ("loss", LossText.Formula(spec)),
        "reconstruction" when split == "test" => ("reconstruction", LossText.Describe(spec) + ", from a sampled z"),
        "reconstruction" => ("reconstruction", LossText.Describe(spec)),
        "reconstruction-mu" => ("reconstruction from μ", LossText.Describe(spec)),
        "log-likelihood" => ("log p(x)", $"nats, estimated with {Html.Number(spec.Artifacts.LogLikelihood ?? 0)} importance samples an example"),
        "kl" => ("KL", "nats, summed over the latent dimensions"),
        "tc" => ("total correlation", "nats, estimated from batches"),
        "dip" => ("DIP term", "of the codes' covariance"),
        "mmd" => ("MMD²", "between codes and prior"),
        MetricNames.Sigma => ("σ", "learned deviation of the reconstruction"),
        MetricNames.Beta => ("β", "weight of the KL beside a summed squared error"),
        _ => (measure, ""),
    };

    private static void Checks(StringBuilder text, IReadOnlyList<CheckOutcome> checks)
    {
        if (checks.Count == 0)
            return;
        text.Append("<h3>Checks</h3>\n").Append(Html.Table("Checks", ["metric", "allowed", "#value", "outcome"], checks.Select(check =>
        {
            string allowed = (check.Min, check.Max) switch
            {
                (double min, double max) => $"{Html.Given(min)} to {Html.Given(max)}",
                (double min, null) => $"at least {Html.Given(min)}",
                (null, double max) => $"at most {Html.Given(max)}",
                _ => "anything",
            };
            return (IReadOnlyList<string>)[Html.Escape(check.Metric), allowed, check.Value is double measured ? Html.Text(measured) : "not measured", Html.Pill(check.Passed ? "good" : "bad", check.Passed ? "passed" : "failed")];
        })));
    }

    private static void Weight(StringBuilder text, ReportContent content)
    {
        Spec spec = content.Spec;
        EffectiveBeta beta = EffectiveBeta.Of(spec);
        string sigma = EffectiveBeta.OfSigma(content.Metrics, spec) is { } learned ? $"<p>{Html.Escape(learned)}</p>\n" : "";
        text.Append(CultureInfo.InvariantCulture, $"<h3>Weight of the KL</h3>\n<p>Weight w = {Html.Given(spec.Loss.KlWeight.Final)}, effective β = {Html.Text(beta.Value)}. {Html.Escape(beta.Reason)}</p>\n{sigma}");
    }
}
