using TorchSharp;
using Vae.Dsl;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

public class GaussianKlTests
{
    private static readonly double[] Means = [0, 1, -2, 0.5];
    private static readonly double[] LogVariances = [0, -1, 0.5, 2];

    public GaussianKlTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    [Fact]
    public void The_divergence_is_summed_over_dimensions_and_averaged_over_examples()
    {
        using DisposeScope scope = NewDisposeScope();
        double expected = Means.Zip(LogVariances).Sum(pair => Divergence(pair.First, pair.Second)) / 2;
        var posterior = new DiagonalGaussian(tensor(Means).reshape(2, 2), tensor(LogVariances).reshape(2, 2));
        Assert.Equal(expected, GaussianKl.Forward(posterior).item<double>(), 12);
    }

    [Fact]
    public void The_prior_itself_has_none()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(0, GaussianKl.Forward(new DiagonalGaussian(zeros([3, 5], float64), zeros([3, 5], float64))).item<double>(), 12);
    }

    [Fact]
    public void The_gradient_is_mu_and_half_of_variance_minus_one()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mean = tensor(Means).reshape(1, 4).requires_grad_(true), logVariance = tensor(LogVariances).reshape(1, 4).requires_grad_(true);
        GaussianKl.Forward(new DiagonalGaussian(mean, logVariance)).backward();
        Assert.Equal(Means, mean.grad!.data<double>().ToArray());
        Assert.All(
            LogVariances.Zip(logVariance.grad!.data<double>().ToArray()),
            pair => Assert.Equal((Math.Exp(pair.First) - 1) / 2, pair.Second, 12));
    }

    [Fact]
    public void A_draw_is_mu_plus_sigma_times_the_noise()
    {
        using DisposeScope scope = NewDisposeScope();
        var posterior = new DiagonalGaussian(tensor(Means), tensor(LogVariances));
        double[] drawn = posterior.Sample(tensor(new[] { 1.0, -1, 0.5, 2 })).data<double>().ToArray();
        Assert.Equal(1, drawn[0], 12);
        Assert.Equal(1 - Math.Exp(-0.5), drawn[1], 12);
        Assert.Equal(0.5 + (2 * Math.E), drawn[3], 12);
    }

    [Fact]
    public void A_weight_counted_in_epochs_moves_with_every_step()
    {
        var weight = new ScheduledValue(new WeightSpec.Ramp(0, 1, 2, TimeUnit.Epochs), stepsAnEpoch: 4);
        Assert.Equal([0, 0.125, 0.5, 0.875, 1, 1], new long[] { 0, 1, 4, 7, 8, 100 }.Select(weight.At));
        Assert.Equal(0.5, new ScheduledValue(new WeightSpec.Ramp(0, 1, 10, TimeUnit.Steps), stepsAnEpoch: 4).At(5));
        Assert.Equal(0.3, new ScheduledValue(new WeightSpec.Constant(0.3), stepsAnEpoch: 4).At(7));
    }

    private static double Divergence(double mean, double logVariance) => 0.5 * ((mean * mean) + Math.Exp(logVariance) - 1 - logVariance);
}
