using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Report;
using Vae.Artifacts.Tests.Plots;
using Vae.Dsl;
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
    public void The_page_needs_nothing_from_outside_and_no_script()
    {
        string page = WholePage.Value;
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(References().Matches(page).Select(match => match.Groups[1].Value), reference => Assert.StartsWith("data:", reference, StringComparison.Ordinal));
        Assert.Equal(["http://www.w3.org/2000/svg"], Addresses().Matches(page).Select(match => match.Value).Distinct());
        Assert.InRange(page.Length, 50_000, 2_000_000);
    }

    [Fact]
    public void The_page_is_well_formed_and_its_ids_are_unique()
    {
        XElement html = Parse(WholePage.Value);
        string[] ids = [.. html.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(["loss", "reconstructions", "samples", "latent-scatter", "manifold"], ids);
        Assert.Equal(5, html.Descendants().Count(element => element.Name.LocalName == "figure"));
        Assert.Equal(Plots.Select(plot => PlotTable.Get(plot.Kind).Caption), html.Descendants().Where(element => element.Name.LocalName == "figcaption").Select(caption => caption.Value));
        Assert.Single(html.Descendants(), element => element.Name.LocalName == "style");
        Assert.Single(html.Descendants(), element => element.Name.LocalName == "h1");
        Assert.All(
            html.Descendants().Where(element => element.Name.LocalName == "svg" && element.Attribute("role") is not null),
            svg => Assert.NotEmpty(svg.Elements().First(element => element.Name.LocalName == "title").Value));
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
            Assert.Equal(first, Page(result with { Run = new RunFacts(999, [999], 64, "cuda", new Dictionary<string, string>(StringComparer.Ordinal) { ["torchsharp"] = "x" }) }));
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
        Assert.Contains("1 of 2 checks passed", text, StringComparison.Ordinal);
        Assert.Contains("0.0415", text, StringComparison.Ordinal);
        Assert.Contains("at least 6", text, StringComparison.Ordinal);
        Assert.Contains("effective β = 0.392", text, StringComparison.Ordinal);
        Assert.Contains("loss.csv", text, StringComparison.Ordinal);
        Assert.Contains(result.Spec.ToYaml(), text, StringComparison.Ordinal);
        Assert.Contains(result.Spec.Describe(), text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("test loss", StringComparison.Ordinal) < text.IndexOf("test KL", StringComparison.Ordinal));
        Assert.DoesNotContain("posterior collapse", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collapsed_posterior_and_a_number_that_is_none_are_said()
    {
        TrainingResult result = FakeResults.Mnist(3);
        result = result with { Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["test.kl"] = 0.001, ["test.loss"] = double.NaN } };
        string text = Parse(Page(result)).Value;
        Assert.Contains("posterior collapse", text, StringComparison.Ordinal);
        Assert.Contains("not a number", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_curve_is_thinned_out_and_ends_with_its_last_epoch()
    {
        XElement html = Parse(Page(FakeResults.Mnist(1001)));
        XElement table = html.Descendants().First(element => element.Name.LocalName == "details");
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

    private static string Page(TrainingResult result) => HtmlReport.Write(
        result,
        [.. result.Spec.Artifacts.Plots.Select(plot => new DrawnPlot(plot.Kind, plot, PlotTable.Get(plot.Kind).Draw(plot, result)))],
        Files);

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
