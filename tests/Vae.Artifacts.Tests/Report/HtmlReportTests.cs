using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Report;
using Vae.Artifacts.Tests.Plots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Report;

public partial class HtmlReportTests
{
    private static readonly Dictionary<string, byte[]> Files = new(StringComparer.Ordinal) { ["loss.csv"] = "epoch\n"u8.ToArray() };

    private static readonly Component[] Plots =
    [
        FakeResults.Plot("loss"), FakeResults.Plot("reconstructions"), FakeResults.Plot("samples", ("count", 16)),
        FakeResults.Plot("latent-scatter", ("limit", 500)), FakeResults.Plot("manifold", ("grid", 6)),
    ];

    private static readonly Lazy<TrainingResult> Whole = new(() => FakeResults.Mnist(12, validation: true, plots: Plots));

    private static readonly Lazy<string> WholePage = new(() => Page(Whole.Value));

    [Fact]
    public void The_page_needs_nothing_from_outside()
    {
        string page = WholePage.Value;
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(References().Matches(page).Select(match => match.Groups[1].Value), reference => Assert.Matches("^(data:|#[a-z-]+$)", reference));
        Assert.Equal(["http://www.w3.org/2000/svg"], Addresses().Matches(page).Select(match => match.Value).Distinct());
        Assert.InRange(page.Length, 50_000, 2_000_000);
    }

    [Fact]
    public void The_page_is_well_formed_and_its_anchors_are_unique_and_lead_somewhere()
    {
        XElement html = Parse(WholePage.Value);
        string[] ids = [.. html.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Superset(new HashSet<string>(["results", "findings", "curve", "pictures", "health", "architecture", "spec", "environment", .. Plots.Select(plot => plot.Kind)]), ids.ToHashSet());
        Assert.All(html.Descendants().Attributes("href").Select(href => href.Value).Where(href => href.StartsWith('#')), href => Assert.Contains(href[1..], ids));
        Assert.All(html.Descendants().Attributes("aria-labelledby"), label => Assert.Contains(label.Value, ids));
        Assert.Equal(6, html.Descendants().Count(element => element.Name.LocalName == "figure"));
        Assert.Superset(
            Plots.Select(plot => PlotTable.Get(plot.Kind).Caption).ToHashSet(),
            html.Descendants().Where(element => element.Name.LocalName == "figcaption").Select(caption => caption.Value).ToHashSet());
        Assert.Single(html.Descendants(), element => element.Name.LocalName == "style");
        Assert.Single(html.Descendants(), element => element.Name.LocalName == "h1");
        Assert.All(
            html.Descendants().Where(element => element.Name.LocalName == "svg" && element.Attribute("role") is not null),
            svg => Assert.NotEmpty(svg.Elements().First(element => element.Name.LocalName == "title").Value));
    }

    [Theory]
    [InlineData(ConditionKind.OneHot, 10, "label, 10 classes, one-hot")]
    [InlineData(ConditionKind.Embedding, 8, "label, 10 classes, embedded in 8 numbers")]
    public void The_page_says_what_the_model_is_told(ConditionKind kind, int size, string text)
    {
        TrainingResult result = FakeResults.Mnist(3);
        Assert.DoesNotContain("<dt>condition</dt>", Page(result), StringComparison.Ordinal);
        Assert.Contains($"<dt>condition</dt><dd>{text}</dd>", Page(result with { Spec = result.Spec with { Condition = new ConditionSpec(kind, 10, size) } }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_training_gives_the_same_page_whatever_machine_and_culture()
    {
        TrainingResult result = Whole.Value;
        string first = WholePage.Value;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(first, Page(result with { Run = new RunFacts(999, [999], 64, result.Run.Device, result.Run.Libraries) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Metrics_checks_files_and_spec_are_on_it()
    {
        TrainingResult result = FakeResults.Mnist(12);
        result = result with { Spec = result.Spec with { Description = "A <first> try", Checks = new ChecksSpec { Metrics = [new MetricCheck("test.reconstruction", Max: 0.044), new MetricCheck("test.kl", Min: 6)] } } };
        string text = Parse(Page(result)).Value;
        Assert.Contains("A <first> try", text, StringComparison.Ordinal);
        Assert.Contains("1 of 2 checks failed", text, StringComparison.Ordinal);
        Assert.Contains("0.0415", text, StringComparison.Ordinal);
        Assert.Contains("at least 6", text, StringComparison.Ordinal);
        Assert.Contains("effective β = 0.392", text, StringComparison.Ordinal);
        Assert.Contains("loss.csv", text, StringComparison.Ordinal);
        Assert.Contains(result.Spec.ToYaml(), text, StringComparison.Ordinal);
        Assert.All(result.Spec.Architecture, row => Assert.Contains(row.Name, text, StringComparison.Ordinal));
        Assert.True(text.IndexOf("test loss", StringComparison.Ordinal) < text.IndexOf("test KL", StringComparison.Ordinal));
        Assert.Contains("no warnings", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_and_a_number_that_is_none_are_said()
    {
        TrainingResult result = FakeResults.Mnist(3);
        result = result with { Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["test.kl"] = 0.001, ["test.loss"] = double.NaN } };
        string text = Parse(Page(result, findings: [
            new Finding(DiagnosticTable.Findings.PosteriorCollapse, "loss.kl", "It has <collapsed>.", "Lower it."),
            new Finding(DiagnosticTable.Findings.InactiveUnits, "latent.dim", "Two are idle.", "Nothing.")])).Value;
        Assert.Contains("1 warning", text, StringComparison.Ordinal);
        Assert.Contains("warning VAE4050It has <collapsed>.Lower it.", text, StringComparison.Ordinal);
        Assert.Contains("to know VAE4051", text, StringComparison.Ordinal);
        Assert.Contains("not a number", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_spec_changes_of_its_base_is_told_without_folders()
    {
        var own = new Location("/home/me/here/own.vae.yaml", 4, 3);
        var context = new ReportContext
        {
            Files = [own.File, "/home/me/there/base.vae.yaml"],
            Origins =
            [
                new Origin("loss.kl.weight", "0.5", own, "beta"),
                new Origin("train.epochs", "5", new Location("--set train.epochs=5", 0, 0), null),
                new Origin("train.lr", "0.001", own with { File = "/home/me/there/base.vae.yaml" }, null),
                new Origin("train.seed", "0", null, null),
            ],
            Base = [new Origin("loss.kl.weight", "1", null, null), new Origin("train.epochs", "5", null, null)],
        };
        string page = Page(FakeResults.Mnist(3), context);
        Assert.DoesNotContain("/home/me", page, StringComparison.Ordinal);
        string text = Parse(page).Value;
        Assert.Contains("It extends base.vae.yaml.", text, StringComparison.Ordinal);
        Assert.Contains("loss.kl.weight0.5 $(beta)1line 4", text, StringComparison.Ordinal);
        Assert.Contains("train.epochs5the same--set train.epochs=5", text, StringComparison.Ordinal);
        Assert.Contains("1 value comes from the base, 1 are the language's defaults.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_accepted_curve_lies_behind_and_its_largest_differences_are_told()
    {
        TrainingResult result = FakeResults.Mnist(3, plots: FakeResults.Plot("loss"));
        int kl = result.Curve.Columns.ToList().IndexOf("train.kl");
        double[][] rows = [.. result.Curve.Rows.Select(row => row.ToArray())];
        rows[1][kl] *= 1.25;
        string page = Page(result, new ReportContext { Verified = result.Curve with { Rows = rows } });
        Assert.Contains("snapshot 4.", page, StringComparison.Ordinal);
        string text = Parse(page).Value;
        Assert.Contains("train.kl2", text, StringComparison.Ordinal);
        Assert.Contains("−20 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("snapshot", Parse(Page(result)).Value, StringComparison.Ordinal);
        Assert.Contains("No number differs.", Parse(Page(result, new ReportContext { Verified = result.Curve })).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_would_make_the_page_too_large_lose_pixels_and_nothing_else()
    {
        var random = new Random(1);
        var noise = new Bitmap(700, 700);
        random.NextBytes(noise.Rgba);
        for (int i = 3; i < noise.Rgba.Length; i += 4)
            noise.Rgba[i] = 255;
        var scene = new Scene(720, 720, "noise", "");
        scene.Add(new Mark.Picture(new Box(10, 10, 700, 700), noise, "noise"));
        TrainingResult result = FakeResults.Mnist(3);
        string svg = SvgWriter.Write(scene);
        Assert.True(svg.Length > 1_900_000);
        string page = HtmlReport.Write(ReportContent.Of(
            result, [new DrawnPlot("samples", FakeResults.Plot("samples"), new PlotFiles(svg, () => []))], [], Files));
        Assert.InRange(page.Length, 300_000, 2_000_000);
        Assert.Contains("width=\"700\" height=\"700\"", page, StringComparison.Ordinal);
        XElement picture = Parse(page).Descendants().Single(element => element.Name.LocalName == "image");
        byte[] png = Convert.FromBase64String(picture.Attribute("href")!.Value.Split(',')[1]);
        Assert.Equal(350, Drawing.Png.Decode(png).Width);
    }

    [Fact]
    public void A_long_curve_is_thinned_out_and_ends_with_its_last_epoch()
    {
        XElement html = Parse(Page(FakeResults.Mnist(1001)));
        XElement table = html.Descendants().First(element => element.Name.LocalName == "details" && element.Value.Contains("Loss curve as a table", StringComparison.Ordinal));
        string[] epochs = [.. table.Descendants().Where(element => element.Name.LocalName == "tr").Skip(1).Select(row => row.Elements().First().Value)];
        Assert.InRange(epochs.Length, 200, 402);
        Assert.Equal("1", epochs[0]);
        Assert.Equal("1001", epochs[^1]);
    }

    [Theory]
    [InlineData("mse", "mean", 0.001, 0.392)]
    [InlineData("mse", "sum", 2, 1)]
    [InlineData("bce", "sum", 1, 1)]
    [InlineData("bce", "mean", 0.01, 7.84)]
    [InlineData("gaussian", "sum", 4, 4)]
    [InlineData("continuous-bernoulli", "sum", 0.5, 0.5)]
    [InlineData("laplace", "mean", 0.001, 0.784)]
    public void The_effective_beta_follows_from_loss_and_reduction(string loss, string reduce, double weight, double expected)
    {
        EffectiveBeta beta = EffectiveBeta.Of(Spec(loss, reduce, new WeightSpec.Constant(weight)));
        Assert.Equal(expected, beta.Value, 1e-12);
    }

    [Fact]
    public void Cross_entropy_of_grey_data_is_called_no_likelihood()
    {
        Spec grey = Spec("bce", "sum", new WeightSpec.Constant(1));
        Assert.Contains("on grey data it is none", EffectiveBeta.Of(grey).Reason, StringComparison.Ordinal);
        Spec binary = grey with { Data = grey.Data with { Binarize = Binarization.Static } };
        Assert.DoesNotContain("grey", EffectiveBeta.Of(binary).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ramp_counts_with_its_final_weight()
    {
        EffectiveBeta beta = EffectiveBeta.Of(Spec("gaussian", "sum", new WeightSpec.Ramp(0, 3, 10, TimeUnit.Epochs)));
        Assert.Equal(3, beta.Value);
        Assert.Contains("from 0 to 3 over 10 epochs", beta.Reason, StringComparison.Ordinal);
    }

    private static Spec Spec(string loss, string reduce, WeightSpec weight) =>
        FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, reconstruction: FakeResults.Loss(loss, ("reduce", reduce)), weight: weight);

    private static string Page(TrainingResult result, ReportContext? context = null, params Finding[] findings) => HtmlReport.Write(ReportContent.Of(
        result,
        [.. result.Spec.Artifacts.Plots.Select(plot => new DrawnPlot(plot.Kind, plot, PlotTable.Get(plot.Kind).Draw(plot, result)))],
        findings,
        Files,
        context));

    // The page keeps to XML's rules but for the void elements of its head.
    private static XElement Parse(string page) =>
        XElement.Parse(VoidElements().Replace(page[page.IndexOf("<html", StringComparison.Ordinal)..], "<meta$1/>"), LoadOptions.PreserveWhitespace);

    [GeneratedRegex("(?:href|src)=\"([^\"]{0,40})")]
    private static partial Regex References();

    [GeneratedRegex("https?://[^\"'<> ]+")]
    private static partial Regex Addresses();

    [GeneratedRegex("<meta([^>]*)>")]
    private static partial Regex VoidElements();
}
