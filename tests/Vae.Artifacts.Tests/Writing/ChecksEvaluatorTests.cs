using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Tests.Writing;

public class ChecksEvaluatorTests
{
    [Fact]
    public void A_metric_over_its_bound_is_told_with_metric_bound_and_value()
    {
        Diagnostic diagnostic = Assert.Single(ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("test.kl", Max: 5)))));
        Assert.Equal("error VAE5001: test.kl of 'tiny' is 5.02, above its bound of 5 (checks.metrics)", diagnostic.ToString());
    }

    [Fact]
    public void A_metric_under_its_bound_is_told() =>
        Assert.Contains("is 5.02, below its bound of 6.5", ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("test.kl", Min: 6.5))))[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_on_its_bound_passes() =>
        Assert.Empty(ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("test.kl", Min: 5.02, Max: 5.02)))));

    [Fact]
    public void A_metric_that_is_not_a_number_passes_no_bound() =>
        Assert.Contains("not a number", ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("test.kl", Max: 9)), kl: double.NaN))[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_that_was_not_measured_is_told_with_those_that_were()
    {
        Diagnostic diagnostic = Assert.Single(ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("test.kld", Max: 5)))));
        Assert.Equal("VAE5002", diagnostic.Code.Id);
        Assert.Contains("there are test.kl, test.reconstruction, train.kl, train.loss", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tolerance_alone_is_no_bound() =>
        Assert.Empty(ChecksEvaluator.Evaluate(Results.Of(With(new MetricCheck("anything", Tolerance: 0.1)))));

    private static Spec With(MetricCheck check) => Specs.Tiny() with { Checks = new ChecksSpec { Metrics = [check] } };
}
