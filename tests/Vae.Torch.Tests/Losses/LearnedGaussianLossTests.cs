using TorchSharp;
using Vae.Dsl;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

public class LearnedGaussianLossTests
{
    private static readonly double[] Data = [0.0, 1.0, 0.25, 0.9, 0.5, 0.1];
    private static readonly double[] Output = [0.1, 0.8, 0.5, 0.3, 0.45, 0.95];

    public LearnedGaussianLossTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1.5)]
    [InlineData(-20)]
    public void The_loss_is_the_negative_log_likelihood_with_a_soft_floor_for_sigma(double parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        double logSigma = -6 + Math.Log(1 + Math.Exp(parameter + 6)), sigma = Math.Exp(logSigma);
        double total = Data.Zip(Output).Sum(pair => (Math.Pow(pair.First - pair.Second, 2) / (2 * sigma * sigma)) + logSigma + (0.5 * Math.Log(2 * Math.PI)));
        Tensor outputs = tensor(Output).reshape(2, 3), target = tensor(Data).reshape(2, 3);
        Assert.Equal(total / 2, Create("sum", tensor(parameter)).Forward(outputs, target).item<double>(), 6);
        Assert.Equal(total / 6, Create("mean", tensor(parameter)).Forward(outputs, target).item<double>(), 6);
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences_for_output_and_sigma()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor target = tensor(Data).reshape(2, 3);
        FiniteDifferences.Check(inputs => Create("sum", inputs[1]).Forward(inputs[0], target), tensor(Output).reshape(2, 3), tensor(-1.3));
    }

    [Fact]
    public void The_best_variance_is_the_mean_squared_error()
    {
        using DisposeScope scope = NewDisposeScope();
        double error = Data.Zip(Output).Average(pair => Math.Pow(pair.First - pair.Second, 2));
        double logSigma = 0.5 * Math.Log(error);
        Tensor parameter = tensor(-6 + Math.Log(Math.Exp(logSigma + 6) - 1)).requires_grad_(true);
        Create("sum", parameter).Forward(tensor(Output).reshape(2, 3), tensor(Data).reshape(2, 3)).backward();
        Assert.Equal(0, parameter.grad!.item<double>(), 10);
    }

    [Fact]
    public void Beside_a_squared_error_the_divergence_counts_twice_the_variance()
    {
        using DisposeScope scope = NewDisposeScope();
        const double parameter = -1.3;
        double variance = Math.Exp(2 * (-6 + Math.Log(1 + Math.Exp(parameter + 6))));
        double[] Gradient(Func<Tensor, Tensor> loss)
        {
            Tensor leaf = tensor(Output).reshape(2, 3).requires_grad_(true);
            loss(leaf).backward();
            return leaf.grad!.data<double>().ToArray();
        }

        Tensor target = tensor(Data).reshape(2, 3);
        double[] likelihood = Gradient(output => Create("sum", tensor(parameter)).Forward(output, target) + (output.square().sum() * 1));
        double[] squared = Gradient(output => ((output - target).square().sum() / 2) + (output.square().sum() * (2 * variance)));
        Assert.All(likelihood.Zip(squared), pair => Assert.Equal(pair.First * 2 * variance, pair.Second, 10));
    }

    [Theory]
    [InlineData("{reconstruction: mse, kl: learned}")]
    [InlineData("{reconstruction: gaussian, kl: learned}")]
    [InlineData("{reconstruction: {gaussian: {sigma: learned}}, kl: 1}")]
    public void The_three_ways_to_write_it_train_to_the_same_bits(string loss)
    {
        Spec one = Specs.Mlp(loss: "{reconstruction: mse, kl: learned}"), other = Specs.Mlp(loss: loss);
        Assert.True(Specs.SameBits(Trainer.Train(one, Specs.Data(one)).Weights, Trainer.Train(other, Specs.Data(other)).Weights));
    }

    private static ReconstructionLoss Create(string reduce, Tensor parameter)
    {
        Component component = Specs.Mlp(loss: $"{{reconstruction: {{gaussian: {{sigma: learned, reduce: {reduce}}}}}, kl: 1}}").Loss.Reconstruction;
        return ReconstructionLosses.Create(component, fromLogits: false, parameter);
    }
}
