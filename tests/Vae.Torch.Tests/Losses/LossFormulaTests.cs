using TorchSharp;
using Vae.Dsl;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

public class LossFormulaTests
{
    private static readonly LossParts Parts = new(10, 3, 4, [0.5, 2]);

    public LossFormulaTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    [Theory]
    [InlineData("kl: 0.2", 10 + (0.2 * 4))]
    [InlineData("kl: {weight: 0.2, free-bits: 0.1}", 10 + (0.2 * 4))]
    [InlineData("kl: {weight: 0.2, capacity: 5}", 10 + (0.2 * 2))]
    [InlineData("kl: {weight: 0.2, capacity: 1}", 10 + (0.2 * 2))]
    [InlineData("kl: 0.2, terms: [tc: 3, dip: 0.1]", 10 + (0.2 * 4) + 1.5 + 0.2)]
    public void The_loss_is_the_sum_of_its_weighted_parts_as_numbers_and_as_tensors(string loss, double expected)
    {
        using DisposeScope scope = NewDisposeScope();
        var formula = new LossFormula(Specs.Mlp(loss: $"{{reconstruction: mse, {loss}}}").Loss, 1);
        var tensors = new BatchLosses(tensor(10.0), tensor(3.0), tensor(4.0), [tensor(0.5), tensor(2.0)]);
        Assert.Equal(expected, formula.Total(Parts, formula.Final), 12);
        Assert.Equal(expected, formula.Total(tensors, formula.Final).item<double>(), 12);
    }

    [Fact]
    public void A_capacity_rises_as_a_weight_does()
    {
        var formula = new LossFormula(Specs.Mlp(loss: "{reconstruction: mse, kl: {weight: 100, capacity: {to: 25, epochs: 2}}}").Loss, stepsAnEpoch: 4);
        Assert.Equal(new double[] { 0, 3.125, 12.5, 25, 25 }, new long[] { 0, 1, 4, 8, 99 }.Select(step => formula.At(step).Capacity));
        Assert.Equal(new Coefficients(100, 25), formula.Final);
    }

    [Theory]
    [InlineData(5, -1)]
    [InlineData(1, 1)]
    public void A_capacity_draws_the_divergence_to_itself_from_both_sides(double capacity, double sign)
    {
        using DisposeScope scope = NewDisposeScope();
        var formula = new LossFormula(Specs.Mlp(loss: $"{{reconstruction: mse, kl: {{weight: 7, capacity: {capacity}}}}}").Loss, 1);
        FiniteDifferences.Check(inputs => formula.Total(new BatchLosses(tensor(10.0), inputs[0], null, []), formula.Final), tensor(3.0));
        Tensor kl = tensor(3.0).requires_grad_(true);
        formula.Total(new BatchLosses(tensor(10.0), kl, null, []), formula.Final).backward();
        Assert.Equal(7 * sign, kl.grad!.item<double>());
    }

    [Fact]
    public void The_divergences_of_the_dimensions_are_the_closed_forms_and_sum_to_the_whole()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] means = [0, 1, -2, 0.5], logVariances = [0, -1, 0.5, 2];
        var posterior = new DiagonalGaussian(tensor(means).reshape(2, 2), tensor(logVariances).reshape(2, 2));
        double Of(int i) => 0.5 * ((means[i] * means[i]) + Math.Exp(logVariances[i]) - 1 - logVariances[i]);
        double[] byDimension = GaussianKl.ByDimension(posterior).data<double>().ToArray();
        Assert.Equal((Of(0) + Of(2)) / 2, byDimension[0], 12);
        Assert.Equal((Of(1) + Of(3)) / 2, byDimension[1], 12);
        Assert.Equal(GaussianKl.Forward(posterior).item<double>(), byDimension.Sum(), 12);
    }

    [Fact]
    public void Bits_are_free_for_each_dimension_of_the_batch_s_mean()
    {
        // One dimension below the floor, one above; the examples of the first lie on both sides of it.
        using DisposeScope scope = NewDisposeScope();
        Spec spec = Specs.Mlp(loss: "{reconstruction: mse, kl: {weight: 1, free-bits: 0.5}}");
        Tensor mean = tensor(new[] { 0.0, 2, 1.2, 2 }).reshape(2, 2), logVariance = zeros([2, 2], float64);
        Tensor Floored(Tensor[] inputs) => Objective.Floored(new DiagonalGaussian(inputs[0], inputs[1]), spec.Loss.FreeBits!.Value);
        Assert.Equal(0.5 + 2, Floored([mean, logVariance]).item<double>(), 12);
        FiniteDifferences.Check(Floored, mean, logVariance);

        Tensor leaf = mean.clone().requires_grad_(true);
        Floored([leaf, logVariance]).backward();
        Assert.Equal([0, 1, 0, 1], leaf.grad!.data<double>().ToArray());
    }
}
