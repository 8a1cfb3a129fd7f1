using Vae.Artifacts.Snapshots;
using Vae.Dsl;

namespace Vae.Artifacts.Tests.Snapshots;

public sealed class CalibrationTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void What_varied_is_measured_by_its_cause_and_gets_a_tolerance_with_a_margin()
    {
        Calibration calibration = Calibration.Of(Run("a", 5), [Run("b", 5.005)], [Run("c", 5.1), Run("d", 4.95)]);

        // In the curve epoch 2 has kl − 1, where the same difference is a larger share.
        Assert.Equal(["test.kl", "train.kl", "train.kl"], calibration.Numbers.Select(number => number.Name));
        CalibratedNumber metric = calibration.Numbers[0], column = calibration.Numbers[2];
        Assert.Equal((false, 5.0, 0.05), (metric.IsColumn, metric.Reference, metric.Relative));
        Assert.Equal(0.001, metric.ByThreads, 9);
        Assert.Equal(0.02, metric.BySeeds, 9);
        Assert.Equal((true, 0.05), (column.IsColumn, column.Relative));
        Assert.Equal(0.025, column.BySeeds, 9);
    }

    [Fact]
    public void The_proposal_keeps_bounds_and_covers_every_training_that_it_came_from()
    {
        string reference = Run("a", 5);
        string[] others = [Run("b", 5.2), Run("c", 4.7)];
        var checks = new ChecksSpec { Metrics = [new MetricCheck("test.kl", Max: 9, Better: Better.Lower), new MetricCheck("test.reconstruction", Max: 1)] };
        ChecksSpec proposed = Calibration.Of(reference, [], others).Propose(checks);

        Assert.Equal(new MetricCheck("test.kl", Max: 9, Tolerance: 0.1, Better: Better.Lower), proposed.Metrics.Single(check => check.Metric == "test.kl"));
        Assert.Equal(new MetricCheck("test.reconstruction", Max: 1), proposed.Metrics.Single(check => check.Metric == "test.reconstruction"));
        Spec spec = Specs.Tiny() with { Checks = proposed };
        Assert.Contains("checks:\n  loss-curve: {tolerance: ", proposed.ToYaml(), StringComparison.Ordinal);
        SnapshotVerifier.Accept(reference, temporary.At("snapshots"), spec);
        Assert.All(others, other => Assert.True(SnapshotVerifier.Verify(other, temporary.At("snapshots"), spec, new SnapshotOptions { Parts = SnapshotParts.Curve | SnapshotParts.Metrics }).Passed));
    }

    [Fact]
    public void Numbers_near_zero_get_an_absolute_tolerance()
    {
        CalibratedNumber number = Calibration.Of(Run("a", 0.01), [], [Run("b", 0.05)]).Numbers[0];
        Assert.Equal((0.02, 0.1), (number.Relative, number.Absolute));
    }

    [Fact]
    public void Equal_trainings_propose_nothing()
    {
        Calibration calibration = Calibration.Of(Run("a", 5), [Run("b", 5)], []);
        Assert.Empty(calibration.Numbers);
        Assert.Equal(new ChecksSpec(), calibration.Propose(new ChecksSpec()));
        Assert.Equal("", new ChecksSpec().ToYaml());
    }

    [Theory]
    [InlineData(0.011, 0.02)]
    [InlineData(0.02, 0.02)]
    [InlineData(0.0201, 0.05)]
    [InlineData(0.6, 1)]
    [InlineData(3, 5)]
    [InlineData(0, 0)]
    public void Tolerances_are_round_numbers(double value, double rounded) => Assert.Equal(rounded, Calibration.RoundedUp(value));

    private string Run(string name, double kl)
    {
        ArtifactWriter.Write(Results.Of(Specs.Tiny(), kl), temporary.At(name), Results.Fingerprint);
        return temporary.At(name);
    }
}
