namespace Vae.Dsl.Tests;

public class PlotSplitTests
{
    [Theory]
    [InlineData("dataset: mnist, shape: [784]", "test")]
    [InlineData("source: csv, path: t.csv, columns: [a, b]", "train")]
    [InlineData("source: images, path: pictures, shape: [2]", "train")]
    [InlineData("source: csv, path: t.csv, columns: [a, b], validation: 0.1", "validation")]
    [InlineData("source: csv, path: t.csv, columns: [a, b], validation: 0.1, test: 0.1", "test")]
    public void A_plot_that_says_no_split_shows_one_that_is_there(string data, string split)
    {
        Spec spec = Load(data, "reconstructions, latent-scatter: {limit: 9}");

        Assert.All(spec.Artifacts.Plots, plot => Assert.Equal(split, plot.Arguments.Text("split")));
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
    }

    [Fact]
    public void A_plot_that_says_its_split_keeps_it()
    {
        Spec spec = Load("source: images, path: pictures, shape: [2]", "reconstructions: {split: test}");

        Assert.Equal("test", spec.Artifacts.Plots[0].Arguments.Text("split"));
    }

    private static Spec Load(string data, string plots)
    {
        SpecLoadResult result = SpecLoader.Parse($$"""
            vae: 1
            name: splits
            data: { {{data}} }
            encoder: []
            latent: 2
            decoder: [linear: auto, sigmoid]
            loss: {reconstruction: mse}
            train: {epochs: 1}
            artifacts: {plots: [{{plots}}]}
            """);
        Assert.Empty(result.Diagnostics);
        return result.Spec!;
    }
}
