using System.Globalization;
using System.Text;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report;

/// <summary>
/// Writes <c>report.html</c>: one page that needs nothing else, no script, no network, no font. It holds nothing of the machine or
/// the clock, so the same training gives the same page.
/// </summary>
public static class HtmlReport
{
    // A page with thousands of rows is slow to open, and loss.csv has them all.
    private const int MostRows = 400;

    // Below this many nats the decoder cannot have learned anything from the code.
    private const double Collapsed = 0.05;

    private static readonly Lazy<string> Style = new(LoadStyle);

    private static readonly string[] Splits = ["test", "validation", "train"];

    private static readonly string[] Measures = ["loss", "reconstruction", "reconstruction-mu", "kl"];

    /// <summary>The page, with LF line ends.</summary>
    /// <param name="result">What was trained and measured.</param>
    /// <param name="plots">The plots in the order of the spec.</param>
    /// <param name="files">The other files of the folder by path, of which size and SHA-256 are listed.</param>
    public static string Write(TrainingResult result, IReadOnlyList<DrawnPlot> plots, IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(plots);
        ArgumentNullException.ThrowIfNull(files);
        Spec spec = result.Spec;
        IReadOnlyList<CheckOutcome> checks = ChecksEvaluator.Outcomes(spec, result.Metrics);
        var body = new StringBuilder();
        Head(body, spec, checks);
        body.Append("<main>\n");
        Metrics(body, result);
        Checks(body, checks);
        Weight(body, result);
        Plots(body, plots);
        Details(body, result);
        Files(body, files);
        body.Append("</main>\n<footer>Written by Vae from the results of the training. Seconds, machine and library versions are in run.json and manifest.json beside this page.</footer>\n");

        string content = body.ToString();
        return
            $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
            $"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Escape(spec.Name)}: training report</title>\n<style>\n" +
            SvgWriter.FontFaces([(content, FontWeight.Regular), (content, FontWeight.Medium)]) +
            Style.Value + SvgWriter.DarkColours(Palette.All) +
            $"</style>\n</head>\n<body>\n{content}</body>\n</html>\n";
    }

    private static void Head(StringBuilder body, Spec spec, IReadOnlyList<CheckOutcome> checks)
    {
        body.Append(CultureInfo.InvariantCulture, $"<header>\n<h1>{Escape(spec.Name)}</h1>\n");
        if (spec.Description is { Length: > 0 } description)
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"lead\">{Escape(description)}</p>\n");
        int passed = checks.Count(check => check.Passed);
        if (checks.Count > 0)
            body.Append(CultureInfo.InvariantCulture, $"<p>{Pill(passed == checks.Count, $"{passed} of {checks.Count} {(checks.Count == 1 ? "check" : "checks")} passed")}</p>\n");

        string digest = SpecDigest.Of(spec);
        body.Append("<dl class=\"facts\">\n");
        Fact("data", Escape($"{spec.Data.Dataset ?? spec.Data.Source ?? "data"} {spec.Data.Shape}"));
        if (spec.Condition is { } condition)
            Fact("condition", $"label, {Number(condition.Classes)} classes, {(condition.Kind == ConditionKind.OneHot ? "one-hot" : $"embedded in {Number(condition.Size)} numbers")}");
        Fact("latent", $"{Number(spec.Latent.Dim)} {(spec.Latent.Dim == 1 ? "dimension" : "dimensions")}");
        Fact("parameters", Number(spec.ParameterCount));
        Fact("training", $"{spec.Train.Unit.Describe(spec.Train.Length)}, batches of {Number(spec.Train.Batch)}");
        Fact("optimizer", Escape($"{spec.Train.Optimizer.Kind}, learning rate {Text(spec.Train.LearningRate)}"));
        Fact("seed", spec.Train.Seed.ToString(CultureInfo.InvariantCulture));
        Fact("spec", $"<code title=\"SHA-256 of spec.resolved.yaml: {digest}\">{digest[..12]}</code>");
        body.Append("</dl>\n</header>\n");

        void Fact(string name, string html) => body.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{html}</dd></div>\n");
    }

    private static void Metrics(StringBuilder body, TrainingResult result)
    {
        body.Append("<h2>Final metrics</h2>\n");
        if (result.Metrics.TryGetValue("test.kl", out double kl) && kl < Collapsed)
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"note bad\">The KL is {Text(kl)} nats: the code says next to nothing about the data (posterior collapse). Lower the weight of the KL, or let it rise from 0.</p>\n");
        body.Append("<div class=\"cards\">\n");
        foreach (string name in result.Metrics.Keys.OrderBy(Order).ThenBy(name => name, StringComparer.Ordinal))
        {
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            (string split, string measure) = dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
            (string title, string unit) = measure switch
            {
                "loss" => ("loss", LossText.Formula(result.Spec)),
                "reconstruction" when split == "test" => ("reconstruction", LossText.Describe(result.Spec) + ", from a sampled z"),
                "reconstruction" => ("reconstruction", LossText.Describe(result.Spec)),
                "reconstruction-mu" => ("reconstruction from μ", LossText.Describe(result.Spec)),
                "log-likelihood" => ("log p(x)", $"nats, estimated with {Number(result.Spec.Artifacts.LogLikelihood ?? 0)} importance samples an example"),
                "kl" => ("KL", "nats, summed over the latent dimensions"),
                "tc" => ("total correlation", "nats, estimated from batches"),
                "dip" => ("DIP term", "of the codes' covariance"),
                "mmd" => ("MMD²", "between codes and prior"),
                MetricNames.Sigma => ("σ", "learned deviation of the reconstruction"),
                MetricNames.Beta => ("β", "weight of the KL beside a summed squared error"),
                _ => (measure, ""),
            };
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"card\" title=\"{Escape(name)}\"><div class=\"what\">{Escape($"{split} {title}".Trim())}</div><div class=\"value\">{Text(result.Metrics[name])}</div><div class=\"unit\">{Escape(unit)}</div></div>\n");
        }

        body.Append("</div>\n");

        // What is known first, in the order of the formula; what is not known behind it.
        static int Order(string name)
        {
            string[] parts = name.Split('.', 2);
            int split = Array.IndexOf(Splits, parts[0]);
            int measure = Array.IndexOf(Measures, parts[^1]);
            return split < 0 || measure < 0 ? int.MaxValue : (split * Measures.Length) + measure;
        }
    }

    private static void Checks(StringBuilder body, IReadOnlyList<CheckOutcome> checks)
    {
        if (checks.Count == 0)
            return;
        body.Append("<h2>Checks</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>metric</th><th>allowed</th><th class=\"n\">value</th><th>outcome</th></tr></thead>\n<tbody>\n");
        foreach (CheckOutcome check in checks)
        {
            string allowed = (check.Min, check.Max) switch
            {
                (double min, double max) => $"{Text(min)} to {Text(max)}",
                (double min, null) => $"at least {Text(min)}",
                (null, double max) => $"at most {Text(max)}",
                _ => "anything",
            };
            string value = check.Value is double measured ? Text(measured) : "not measured";
            body.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(check.Metric)}</td><td>{allowed}</td><td class=\"n\">{value}</td><td>{Pill(check.Passed, check.Passed ? "passed" : "failed")}</td></tr>\n");
        }

        body.Append("</tbody>\n</table></div>\n");
    }

    private static void Weight(StringBuilder body, TrainingResult result)
    {
        Spec spec = result.Spec;
        EffectiveBeta beta = EffectiveBeta.Of(spec);
        string sigma = EffectiveBeta.OfSigma(result) is { } text ? $"<p>{Escape(text)}</p>" : "";
        body.Append(CultureInfo.InvariantCulture, $"<h2>Weight of the KL</h2>\n<div class=\"note\"><p>Weight w = {Text(spec.Loss.KlWeight.Final)}, effective β = {Text(beta.Value)}</p><p>{Escape(beta.Reason)}</p>{sigma}</div>\n");
    }

    private static void Plots(StringBuilder body, IReadOnlyList<DrawnPlot> plots)
    {
        if (plots.Count == 0)
            return;
        body.Append("<h2>Plots</h2>\n");
        foreach (DrawnPlot plot in plots)
            body.Append(CultureInfo.InvariantCulture, $"<figure id=\"{Escape(plot.Name)}\">\n{WithoutStyle(plot.Files.Svg)}<figcaption>{Escape(PlotTable.Get(plot.Plot.Kind).Caption)}</figcaption>\n</figure>\n");
    }

    // The page states fonts and dark colours once for all pictures.
    private static string WithoutStyle(string svg)
    {
        int start = svg.IndexOf("<style>", StringComparison.Ordinal);
        int end = svg.IndexOf("</style>\n", StringComparison.Ordinal);
        return start < 0 || end < start ? svg : svg.Remove(start, end + "</style>\n".Length - start);
    }

    private static void Details(StringBuilder body, TrainingResult result)
    {
        body.Append("<h2>Details</h2>\n");
        Curve curve = result.Curve;
        int every = Math.Max(1, (curve.Rows.Count + MostRows - 1) / MostRows);
        string left = every > 1 ? $"<p>Every {every}th epoch and the last; all are in loss.csv.</p>\n" : "";
        body.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>Loss curve as a table</summary>\n{left}<div class=\"wide\"><table>\n<thead><tr>");
        foreach (string column in curve.Columns)
            body.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">{Escape(column)}</th>");
        body.Append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < curve.Rows.Count; i++)
        {
            if (i % every == 0 || i == curve.Rows.Count - 1)
                body.Append("<tr>").AppendJoin("", curve.Rows[i].Select(value => $"<td class=\"n\">{Text(value)}</td>")).Append("</tr>\n");
        }

        body.Append("</tbody>\n</table></div>\n</details>\n");
        Folded("Architecture", result.Spec.Describe());
        Folded("Resolved spec", result.Spec.ToYaml());

        void Folded(string title, string text) =>
            body.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>{title}</summary>\n<pre>{Escape(text)}</pre>\n</details>\n");
    }

    private static void Files(StringBuilder body, IReadOnlyDictionary<string, byte[]> files)
    {
        if (files.Count == 0)
            return;
        body.Append("<h2>Files</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>file</th><th class=\"n\">bytes</th><th>SHA-256</th></tr></thead>\n<tbody>\n");
        foreach ((string path, byte[] content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            body.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(path)}</td><td class=\"n\">{Number(content.Length)}</td><td class=\"hash\"><code>{Sha256.Of(content)}</code></td></tr>\n");
        body.Append("</tbody>\n</table></div>\n");
    }

    private static string Pill(bool good, string text) => $"<span class=\"pill {(good ? "good" : "bad")}\">{text}</span>";

    private static string Escape(string text) => SvgWriter.Escape(text);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    // Four digits are what a reader compares; tables of files and csv have all.
    private static string Text(double value) =>
        double.IsNaN(value) ? "not a number" : double.IsInfinity(value) ? "infinite" : value.ToString(Math.Abs(value) is >= 1e4 and < 1e7 ? "#,0" : "G4", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string LoadStyle()
    {
        const string name = "Vae.Artifacts.Report.report.css";
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
