using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class LogLikelihoodTests
{
    private const double Sigma = 0.5;

    // Of a linear decoder x = w z + b with noise σ, p(x) is the normal N(b, w wᵀ + σ² I), known in closed form.
    private static Spec Linear(int? samples, string likelihood = "gaussian: {sigma: 0.5}") => Specs.Parse($$$"""
        name: linear
        data: {source: npy, path: x.npy, shape: [3], scale: none, test: 0.2}
        encoder: [linear: {out: 8, act: tanh}]
        latent: 1
        decoder: [linear: auto]
        loss: {reconstruction: {{{{likelihood}}}}, kl: 1}
        train: {epochs: 20, batch: 32, lr: 1e-2, seed: 3, threads: 1, device: cpu}
        {{{(samples is null ? "" : $"artifacts: {{log-likelihood: {samples}}}")}}}
        """);

    [Fact]
    public void Of_a_linear_model_it_is_that_of_the_normal_distribution_that_the_model_stands_for()
    {
        DataSet data = Specs.Data(Linear(1), train: 200, test: 40);
        TrainingResult result = Train(Linear(3000), data);
        double[] w = Weights(result, "decoder.0.weight"), b = Weights(result, "decoder.0.bias");
        double expected = Enumerable.Range(0, data.Test!.Count).Average(i => LogNormal(data.Test.Example(i), b, w, Sigma));

        Assert.Equal(expected, result.Metrics["test.log-likelihood"], 0.01);
    }

    [Fact]
    public void It_is_above_the_bound_that_is_trained_and_grows_with_the_samples()
    {
        DataSet data = Specs.Data(Linear(1), train: 200, test: 50);
        IReadOnlyDictionary<string, double> few = Train(Linear(2), data).Metrics, many = Train(Linear(200), data).Metrics;

        Assert.True(-few["test.loss"] < few["test.log-likelihood"]);
        Assert.True(few["test.log-likelihood"] < many["test.log-likelihood"]);
    }

    [Fact]
    public void Estimating_it_changes_nothing_else()
    {
        DataSet data = Specs.Data(Linear(1), train: 64, test: 10);
        TrainingResult without = Train(Linear(null), data), with = Train(Linear(5), data);

        Assert.True(Specs.SameBits(without.Weights, with.Weights));
        Assert.Equal(without.Metrics, with.Metrics.Where(metric => metric.Key != "test.log-likelihood"));
    }

    [Fact]
    public void A_mean_over_features_in_the_loss_does_not_rescale_it()
    {
        DataSet data = Specs.Data(Linear(1), train: 64, test: 40);
        TrainingResult result = Train(Linear(3000, "gaussian: {sigma: 0.5, reduce: mean}"), data);
        double[] w = Weights(result, "decoder.0.weight"), b = Weights(result, "decoder.0.bias");
        double expected = Enumerable.Range(0, data.Test!.Count).Average(i => LogNormal(data.Test.Example(i), b, w, Sigma));

        Assert.Equal(expected, result.Metrics["test.log-likelihood"], 0.01);
    }

    private static TrainingResult Train(Spec spec, DataSet data) => Trainer.Train(spec, data, new TrainOptions());

    private static double[] Weights(TrainingResult result, string name) => Array.ConvertAll(result.Weights.Single(array => array.Name == name).Values, value => (double)value);

    /// <summary>log N(x; b, w wᵀ + σ² I), its determinant and inverse by Sylvester's and Sherman and Morrison's formulas.</summary>
    private static double LogNormal(float[] x, double[] b, double[] w, double sigma)
    {
        double s = sigma * sigma, ww = w.Sum(value => value * value);
        double[] d = [.. x.Zip(b, (value, mean) => value - mean)];
        double along = d.Zip(w, (value, weight) => value * weight).Sum();
        double quadratic = (d.Sum(value => value * value) - (along * along / (s + ww))) / s;
        double logDeterminant = (x.Length * Math.Log(s)) + Math.Log(1 + (ww / s));
        return -0.5 * ((x.Length * Math.Log(2 * Math.PI)) + logDeterminant + quadratic);
    }
}
