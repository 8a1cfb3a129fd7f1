using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;

namespace Vae.Artifacts.Tests.Plots;

public class SweepPlotTests
{
    private static SweepRun Run(double reconstruction, double kl, params string[] values) => new(
        [.. values.Select(value => value.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))],
        new Dictionary<string, double>(StringComparer.Ordinal) { ["test.reconstruction"] = reconstruction, ["test.kl"] = kl, ["train.kl"] = 99, ["train.reconstruction"] = 99 });

    private static SweepRun Failed(params string[] values) => Run(0, 0, values) with { Metrics = new Dictionary<string, double>() };

    private static string[] Texts(Scene scene) => [.. scene.Labels.Select(label => label.Text)];

    [Fact]
    public void Reconstruction_and_KL_of_the_test_set_are_drawn_against_the_number_with_a_tick_at_each_value()
    {
        Scene scene = SweepPlot.Compose("s", [Run(138.6, 4.6, "beta=8"), Run(85.2, 27.7, "beta=0.25"), Run(90.2, 18.7, "beta=1"), Failed("beta=16")])!;

        Assert.Contains("beta, log scale", Texts(scene));
        Assert.All(["0.25", "1", "8"], (string value) => Assert.Contains(value, Texts(scene)));
        Assert.DoesNotContain("16", Texts(scene));
        Assert.Contains("85.20 to 138.6", Texts(scene));
        Assert.Contains("4.600 to 27.70", Texts(scene));
        Mark.Hint first = scene.Marks.OfType<Mark.Hint>().OrderBy(hint => hint.Target.X).First();
        Assert.Equal("beta 0.25\nreconstruction: 85.20\nKL divergence: 27.70", first.Text);

        // From left to right the KL falls: lines go through ascending values whatever the order of the points.
        Mark.Line kl = scene.Marks.OfType<Mark.Line>().Single(line => line.Stroke == Palette.Blue && line.Points.Count == 3);
        Assert.Equal(kl.Points.OrderBy(point => point.X), kl.Points);
        Assert.Equal(kl.Points.OrderBy(point => point.Y), kl.Points);
    }

    [Fact]
    public void What_else_is_swept_becomes_lines()
    {
        Scene scene = SweepPlot.Compose("s",
        [
            Run(3, 1, "hidden=64", "beta=0.1"), Run(4, 0.9, "hidden=64", "beta=0.2"), Run(5, 0.8, "hidden=64", "beta=0.3"),
            Run(2, 1, "hidden=128", "beta=0.1"), Failed("hidden=128", "beta=0.2"), Run(4, 0.8, "hidden=128", "beta=0.3"),
        ])!;

        Assert.Contains("beta", Texts(scene));
        Assert.Equal(2, Texts(scene).Count(text => text == "hidden 64"));
        Assert.Equal(2, Texts(scene).Count(text => text == "hidden 128"));
        Assert.Contains("a line for each hidden", string.Join(' ', Texts(scene)), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_picture_without_two_numbers()
    {
        Assert.Null(SweepPlot.Draw("s", []));
        Assert.Null(SweepPlot.Draw("s", [Run(1, 2, "beta=1")]));
        Assert.Null(SweepPlot.Draw("s", [Run(1, 2, "beta=1"), Failed("beta=2")]));
        Assert.Null(SweepPlot.Draw("s", [Run(1, 2, "act=relu"), Run(1, 3, "act=tanh")]));
        Assert.Null(SweepPlot.Draw("s", [.. Enumerable.Range(0, 22).Select(i => Run(1, 2, $"act=a{i / 2}", $"beta={i % 2}"))]));
    }
}
