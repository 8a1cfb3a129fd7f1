using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Plots;

public class PlannedPlotTests
{
    [Theory]
    [InlineData("mnist", 2, false, "loss, reconstructions, samples, manifold, latent-scatter, interpolations, kl-by-dimension, aggregate-posterior")]
    [InlineData("mnist", 16, false, "loss, reconstructions, samples, latent-scatter, traversal, interpolations, kl-by-dimension, aggregate-posterior")]
    [InlineData("colour", 16, true, "loss, reconstructions, samples, latent-scatter, traversal, interpolations, kl-by-dimension, aggregate-posterior")]
    [InlineData("table", 3, false, "loss, reconstructions, latent-scatter, kl-by-dimension, aggregate-posterior")]
    [InlineData("series", 3, false, "loss, series-reconstructions, latent-scatter, kl-by-dimension, aggregate-posterior")]
    public void A_spec_that_names_no_plots_has_those_of_its_data(string data, int latent, bool conditional, string expected)
    {
        Spec spec = SpecOf(data, latent, conditional);
        Assert.Equal(expected, string.Join(", ", PlannedPlot.Of(spec).Select(planned => planned.Plot.Kind)));
        Assert.All(PlannedPlot.Of(spec), planned => Assert.Equal(planned.Plot.Kind, planned.Name));

        // Each of them can be drawn.
        TrainingResult result = FakeResults.Of(spec);
        result = result with { Evaluations = [.. FakeResults.Of(spec with { Artifacts = new ArtifactsSpec { Plots = ValueList.From([.. PlannedPlot.Of(spec).Select(planned => planned.Plot)]) } }).Evaluations] };
        Assert.All(PlannedPlot.Of(spec), planned => Assert.NotEmpty(PlotTable.Get(planned.Plot.Kind).Draw(planned.Plot, result).Svg));
        if (conditional)
            Assert.Equal(10, PlannedPlot.Of(spec).Single(planned => planned.Name == "samples").Plot.Arguments.Int("per-label"));
    }

    [Fact]
    public void Plots_are_those_of_the_spec_where_it_names_some_and_none_where_there_is_no_report()
    {
        Spec spec = SpecOf("mnist", 2, false);
        Component[] plots = [FakeResults.Plot("samples"), FakeResults.Plot("loss"), FakeResults.Plot("samples", ("count", 4))];
        Assert.Equal(["samples", "loss", "samples-2"], PlannedPlot.Of(spec with { Artifacts = new ArtifactsSpec { Plots = ValueList.From(plots) } }).Select(planned => planned.Name));
        Assert.Empty(PlannedPlot.Of(spec with { Artifacts = new ArtifactsSpec { Report = false } }));
    }

    [Fact]
    public void Large_pictures_are_shown_in_smaller_numbers()
    {
        Spec spec = FakeResults.Spec(new DataSpec { Source = "images", Path = "x", Shape = [3, 128, 128] }, latent: 16);
        PlannedPlot samples = PlannedPlot.Of(spec).Single(planned => planned.Name == "samples");
        Assert.Equal(16, samples.Plot.Arguments.Int("count"));
        Assert.Equal(("train", 10), (PlannedPlot.Of(spec)[1].Plot.Arguments.Text("split"), PlannedPlot.Of(spec)[1].Plot.Arguments.Int("count")));
    }

    private static Spec SpecOf(string data, int latent, bool conditional)
    {
        Spec spec = FakeResults.Spec(PlotTests.DataOf(data), latent);
        return conditional
            ? spec with
            {
                Condition = new ConditionSpec(ConditionKind.OneHot, 10, 10),
                Decoder = spec.Decoder with { Layers = [new Layer("concat", new Arguments([new("with", "label"), new("size", 10)])) { Input = [latent], Output = [latent + 10] }, .. spec.Decoder.Layers] },
            }
            : spec;
    }
}
