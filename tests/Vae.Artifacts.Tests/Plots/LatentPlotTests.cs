using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Plots;

public class LatentPlotTests
{
    private static readonly DataSpec Mnist = new() { Dataset = "mnist", Shape = [784] };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(300)]
    [InlineData(2000)]
    public void No_text_of_the_kl_bars_and_of_the_aggregate_posterior_is_cut_or_covered(int latent)
    {
        Component[] plots = [FakeResults.Plot("kl-by-dimension"), FakeResults.Plot("aggregate-posterior", ("dimensions", 64), ("limit", 200))];
        TrainingResult result = FakeResults.Of(FakeResults.Spec(Mnist, latent, "a-name-of-" + new string('n', latent % 70), plots: plots));
        PlotTests.AssertReadable(KlByDimensionPlot.Compose(plots[0], result));
        PlotTests.AssertReadable(AggregatePosteriorPlot.Compose(plots[1], result));
    }

    [Fact]
    public void Bars_run_from_the_largest_kl_down_and_active_dimensions_have_a_colour()
    {
        Scene scene = Kl([0.5f, 2.5f, 0, 1], [0.3f, 1, 0.01f, 0.011f]);
        Mark.Area[] bars = [.. scene.Marks.OfType<Mark.Area>()];
        Assert.Equal([Palette.Blue, Palette.Blue, Palette.Blue, Palette.Axis], bars.Select(bar => bar.Fill));
        double[] heights = [.. bars.Select(bar => bar.Points.Max(p => p.Y) - bar.Points.Min(p => p.Y))];
        Assert.Equal(heights.OrderDescending(), heights);
        Assert.Equal(2.5, heights[0] / heights[1], 6);
        Assert.Equal(["z₂", "z₄", "z₁", "z₃"], scene.Labels.Where(label => label.Text.StartsWith('z')).Select(label => label.Text));
        Assert.Contains("2.50", scene.Labels.Select(label => label.Text));
        Assert.Contains(scene.Labels, label => label.Text.Contains("3 of 4 dimensions active", StringComparison.Ordinal));
        string heading = string.Join(' ', scene.Labels.Select(label => label.Text));
        Assert.Contains("4.00 nats in all", heading, StringComparison.Ordinal);
        Assert.Contains("active (3)", scene.Labels.Select(label => label.Text));
        Assert.Contains("not active (1)", scene.Labels.Select(label => label.Text));
    }

    [Fact]
    public void A_collapsed_code_and_one_that_is_not_finite_have_a_picture_too()
    {
        PlotTests.AssertReadable(Kl([0, 0], [0, 0]));
        PlotTests.AssertReadable(Kl([float.NaN, float.PositiveInfinity, 1], [1, 1, 1]));
    }

    [Fact]
    public void A_traversal_names_its_rows_and_marks_where_the_example_is()
    {
        Component plot = FakeResults.Plot("traversal", ("steps", 5), ("range", 2.0));
        Spec spec = FakeResults.Spec(new DataSpec { Source = "images", Path = "x", Shape = [1, 20, 20] }, latent: 3, plots: [plot]);
        TrainingResult result = FakeResults.Of(spec) with
        {
            Evaluations = [new Evaluation(new EvaluationRequest.Traversal("test", 10, 5, 2, 0), [
                new NamedArray("z", [15, 3], new float[45]), new NamedArray("decoded", [15, 1, 20, 20], new float[15 * 400]),
                new NamedArray("dimensions", [3], [1, 0, 2]), new NamedArray("kl", [3], [2, 1.5f, 0.004f]), new NamedArray("start", [1, 3], [0, 2, -9])])],
        };
        Scene scene = TraversalPlot.Compose(plot, result);
        Assert.Equal(["z₂ (2.00)", "z₁ (1.50)", "z₃ (0.004)"], scene.Labels.Select(label => label.Text).Where(text => text.StartsWith('z')));
        Assert.Equal(["−2", "2", "−1", "1", "0"], scene.Labels.Select(label => label.Text).Where(text => text.TrimStart('−') is "0" or "1" or "2").OrderByDescending(text => text.TrimStart('−')));
        Mark.Picture[] rows = [.. scene.Marks.OfType<Mark.Picture>()];
        double[] tips = [.. scene.Marks.OfType<Mark.Area>().Select(triangle => triangle.Points[2].X)];
        double tile = (rows[0].Place.Width - (4 * rows[0].Place.Width / 104)) / 5;

        // The code of z₂ is the last tile's, that of z₁ the middle one's; that of z₃ lies outside.
        Assert.Equal(rows[0].Place.Right - (tile / 2), tips[0], 0.5);
        Assert.Equal(rows[0].Place.X + (rows[0].Place.Width / 2), tips[1], 0.5);
        Assert.Equal(rows[0].Place.X + (tile / 2), tips[2], 0.5);
        Component prior = FakeResults.Plot("traversal", ("from", "prior"));
        Assert.Empty(TraversalPlot.Compose(prior, FakeResults.Of(FakeResults.Spec(Mnist, 3, plots: prior))).Marks.OfType<Mark.Area>());
    }

    [Theory]
    [InlineData(-1.96, 0.0249979)]
    [InlineData(0, 0.5)]
    [InlineData(0.6744898, 0.75)]
    [InlineData(3, 0.9986501)]
    [InlineData(-40, 0)]
    public void The_normal_distribution_is_known_to_seven_digits(double value, double expected) =>
        Assert.Equal(expected, NormalDistribution.Below(value), 1e-7);

    [Fact]
    public void The_aggregate_of_one_posterior_is_that_posterior()
    {
        var posterior = new AggregatePosterior(new NamedArray("mu", [1, 2], [0.5f, -1]), new NamedArray("logvar", [1, 2], [0, (float)Math.Log(0.25)]));
        Assert.Equal([0.5, -1], posterior.Mean);
        Assert.Equal(1, posterior.Variance[0], 6);
        Assert.Equal(0.25, posterior.Variance[1], 6);

        // Of a single normal the moments say all: ½ (v + m² − 1 − log v).
        Assert.Equal(0.125, posterior.MomentKl(0), 6);
        Assert.Equal(0.125 + 0.5 - 0.5 + (Math.Log(4) / 2), posterior.MomentKl(1), 6);
        Assert.Equal(posterior.MomentKl(0), posterior.Kl[0], 6);
        double[] density = posterior.Density(0, -4, 4, 400);
        for (int bin = 0; bin < 400; bin += 7)
            Assert.Equal(NormalDistribution.Density(-4 + ((bin + 0.5) * 0.02) - 0.5), density[bin], 2e-4);
    }

    [Fact]
    public void The_aggregate_mixes_the_examples_and_its_shares_sum_to_one()
    {
        // Two far apart: mean 0, variance 0.01 + 4; narrower than a bin, and none of it lost.
        var posterior = new AggregatePosterior(
            new NamedArray("mu", [3, 2], [-2, 0, 2, 0, float.NaN, 0]), new NamedArray("logvar", [3, 2], [.. Enumerable.Repeat((float)Math.Log(0.01), 6)]));
        Assert.Equal(0, posterior.Mean[0], 9);
        Assert.Equal(4.01, posterior.Variance[0], 6);
        double[] density = posterior.Density(0, -4, 4, 10);
        Assert.Equal(1, density.Sum() * 0.8, 6);
        Assert.Equal(density[2], density[7], 9);
        Assert.Equal(0, density[4], 9);
        double[,] plane = posterior.Plane(-4, 4, 8);
        Assert.Equal(1, plane.Cast<double>().Sum(), 6);
        Assert.Equal(0.125, plane[3, 1], 6);
        Assert.Equal(0.125, plane[4, 6], 6);
    }

    [Fact]
    public void Regions_of_a_normal_code_lie_on_the_circles_of_the_prior()
    {
        Component plot = FakeResults.Plot("aggregate-posterior");
        var codes = new Evaluation(new EvaluationRequest.Codes("test"), [new NamedArray("mu", [4, 2], new float[8]), new NamedArray("logvar", [4, 2], new float[8])]);
        Scene scene = AggregatePosteriorPlot.Compose(plot, FakeResults.Of(FakeResults.Spec(Mnist)) with { Evaluations = [codes] });
        Mark.Clip clip = scene.Marks.OfType<Mark.Clip>().Single();
        Mark.Line[] circles = [.. clip.Marks.OfType<Mark.Line>().Where(line => line.Dash is not null)];
        Mark.Region[] regions = [.. clip.Marks.OfType<Mark.Region>()];
        Assert.Equal(4, circles.Length);
        foreach ((Mark.Line circle, Mark.Region region) in circles.Zip(regions))
            Assert.Equal(circle.Points.Max(p => p.X) - circle.Points.Min(p => p.X), region.Outlines.Single().Max(p => p.X) - region.Outlines.Single().Min(p => p.X), 6.0);
        Assert.Contains(scene.Labels, label => label.Text.Contains("0.000 nats", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1, 24, "gaussian")]
    [InlineData(3, 4, 48, "laplace")]
    [InlineData(21, 12, 200, "mse")]
    [InlineData(8, 7, 1, "gaussian")]
    public void No_text_of_the_series_is_cut_or_covered(int features, int windows, int steps, string loss)
    {
        Component plot = FakeResults.Plot("series-reconstructions", ("count", windows), ("columns", 64));
        var data = new DataSpec { Source = "csv", Path = "x", Shape = [steps, features], Columns = [.. Enumerable.Range(0, features).Select(i => "a-long-name-of-a-column-" + i)] };
        Component reconstruction = loss switch
        {
            "gaussian" => FakeResults.Loss(loss, ("sigma", 0.2), ("reduce", "sum")),
            "laplace" => FakeResults.Loss(loss, ("scale", 0.2), ("reduce", "sum")),
            _ => FakeResults.Loss(loss, ("reduce", "sum")),
        };
        TrainingResult result = FakeResults.Of(FakeResults.Spec(data, 4, reconstruction: reconstruction, plots: plot));
        Scene scene = SeriesReconstructionsPlot.Compose(plot, result);
        PlotTests.AssertReadable(scene);
        Assert.Equal(features * windows, scene.Marks.OfType<Mark.Clip>().Count());
        Assert.Equal(loss != "mse", scene.Labels.Any(label => label.Text.Contains('σ', StringComparison.Ordinal)));
    }

    [Fact]
    public void The_band_of_a_series_has_the_likelihoods_width()
    {
        Component plot = FakeResults.Plot("series-reconstructions", ("count", 1));
        Spec spec = FakeResults.Spec(
            new DataSpec { Source = "csv", Path = "x", Shape = [3, 1] }, 4, reconstruction: FakeResults.Loss("gaussian", ("sigma", 0.5), ("reduce", "sum")), plots: plot);
        var windows = new Evaluation(new EvaluationRequest.Windows("test", 1), [
            new NamedArray("original", [1, 3, 1], [0, 1, 2]), new NamedArray("decoded", [1, 3, 1], [0.5f, 1, 1.5f]),
            new NamedArray("index", [1], [6]), new NamedArray("count", [1], [9])]);
        Scene scene = SeriesReconstructionsPlot.Compose(plot, FakeResults.Of(spec) with { Evaluations = [windows] });
        Mark.Clip panel = scene.Marks.OfType<Mark.Clip>().Single();
        Mark.Area band = panel.Marks.OfType<Mark.Area>().Single();
        Mark.Line[] lines = [.. panel.Marks.OfType<Mark.Line>()];

        // The reconstruction spans 1, and the band leaves it by 0.5 to both sides.
        double unit = lines[1].Points[0].Y - lines[1].Points[2].Y;
        Assert.Equal(0.5 * unit, lines[1].Points[0].Y - band.Points[0].Y, 6);
        Assert.Equal(0.5 * unit, band.Points[^1].Y - lines[1].Points[0].Y, 6);
        Assert.Equal(2 * unit, lines[0].Points[0].Y - lines[0].Points[2].Y, 6);
        Assert.Contains("window 7", scene.Labels.Select(label => label.Text));

        // A deviation that was learned stands in the metrics.
        TrainingResult fitted = FakeResults.Of(spec with { Loss = spec.Loss with { Reconstruction = FakeResults.Loss("gaussian", ("sigma", "learned"), ("reduce", "sum")) } }) with { Evaluations = [windows] };
        Assert.Empty(Band(fitted));
        Mark.Area learned = Band(fitted with { Metrics = new Dictionary<string, double> { ["sigma"] = 0.5 } }).Single();
        Assert.Equal(band.Points, learned.Points);

        // In the data's own units (·10 + 100) the picture is the same, and the axis says 100 … 120.
        var units = new DataUnits { Factors = [10], Offsets = [100], IsFitted = true, Columns = ["rpm"] };
        Scene raw = SeriesReconstructionsPlot.Compose(plot, FakeResults.Of(spec) with { Evaluations = [windows], Units = units });
        Mark.Area same = raw.Marks.OfType<Mark.Clip>().Single().Marks.OfType<Mark.Area>().Single();
        Mark.Line decoded = raw.Marks.OfType<Mark.Clip>().Single().Marks.OfType<Mark.Line>().ElementAt(1);
        Assert.Equal(decoded.Points[0].Y - decoded.Points[2].Y, same.Points[^1].Y - same.Points[0].Y, 6);
        Assert.Contains("rpm", raw.Labels.Select(label => label.Text));
        Assert.Contains("110", raw.Labels.Select(label => label.Text));

        IEnumerable<Mark.Area> Band(TrainingResult result) => SeriesReconstructionsPlot.Compose(plot, result).Marks.OfType<Mark.Clip>().Single().Marks.OfType<Mark.Area>();
    }

    private static Scene Kl(float[] kl, float[] variance)
    {
        Component plot = FakeResults.Plot("kl-by-dimension");
        var statistics = new Evaluation(new EvaluationRequest.LatentStatistics("test"), [
            new NamedArray("kl", [kl.Length], kl), new NamedArray("variance", [kl.Length], variance), new NamedArray("count", [1], [1234])]);
        return KlByDimensionPlot.Compose(plot, FakeResults.Of(FakeResults.Spec(Mnist, kl.Length)) with { Evaluations = [statistics] });
    }
}
