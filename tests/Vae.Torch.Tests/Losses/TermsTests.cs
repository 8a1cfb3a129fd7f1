using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Losses;
using Vae.Torch.Losses.Terms;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Losses;

public class TermsTests
{
    private static readonly string[] Rows =
    [
        "{tc: 1}", "{tc: {weight: 1, estimator: weighted}}",
        "{dip: 1}", "{dip: {weight: 1, variant: i, diagonal: 10}}",
        "{mmd: 1}", "{mmd: {weight: 1, kernel: imq, bandwidth: 0.7}}",
    ];

    public TermsTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    public static TheoryData<string> All => [.. Rows];

    [Fact]
    public void Every_row_of_the_catalogue_has_a_term() =>
        Assert.Equal(TermCatalogue.Rows.All.Select(row => row.Name).Order(), LossTerms.Names.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_is_that_of_finite_differences(string row)
    {
        using DisposeScope scope = NewDisposeScope();
        LossTerm term = Create(row);
        Tensor noise = Normal(5, 3, seed: 3);
        FiniteDifferences.Check(
            inputs =>
            {
                using Generator draws = new(9);
                var posterior = new DiagonalGaussian(inputs[0], inputs[1]);
                return term.Forward(new CodeBatch(posterior, posterior.Sample(noise), 40, draws));
            },
            Normal(5, 3, seed: 1),
            Normal(5, 3, seed: 2) * 0.3);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_single_example_has_nothing_to_be_compared_with(string row)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator draws = new(9);
        var posterior = new DiagonalGaussian(Normal(1, 3, seed: 1), zeros([1, 3], float64));
        Assert.Equal(0, Create(row).Forward(new CodeBatch(posterior, posterior.Sample(Normal(1, 3, seed: 2)), 40, draws)).item<double>());
    }

    [Theory]
    [InlineData("{tc: 1}", true)]
    [InlineData("{tc: {weight: 1, estimator: weighted}}", false)]
    public void Total_correlation_is_the_difference_of_the_estimated_log_densities(string row, bool stratified)
    {
        using DisposeScope scope = NewDisposeScope();
        const int count = 6, dimensions = 2, population = 50;
        (DiagonalGaussian posterior, Tensor codes) = Batch(count, dimensions);
        double[] mean = Numbers(posterior.Mean), logVariance = Numbers(posterior.LogVariance), z = Numbers(codes);

        // The weights of the paper's appendix C, written out: they sum to 1 in the stratified form.
        double Weight(int i, int j) =>
            !stratified ? 1.0 / (population * count)
            : i == j ? 1.0 / population
            : j == (i + 1) % count ? (population - (count - 1.0)) / (population * (count - 1.0))
            : 1.0 / (count - 1);
        double Density(int i, int j, int d)
        {
            double difference = z[(i * dimensions) + d] - mean[(j * dimensions) + d], log = logVariance[(j * dimensions) + d];
            return Math.Exp(-0.5 * ((difference * difference / Math.Exp(log)) + log + Math.Log(2 * Math.PI)));
        }

        double expected = 0;
        for (int i = 0; i < count; i++)
        {
            int row0 = i;
            IEnumerable<int> others = Enumerable.Range(0, count);
            expected += Math.Log(others.Sum(j => Weight(row0, j) * Density(row0, j, 0) * Density(row0, j, 1))) / count;
            for (int d = 0; d < dimensions; d++)
            {
                int axis = d;
                expected -= Math.Log(others.Sum(j => Weight(row0, j) * Density(row0, j, axis))) / count;
            }
        }

        if (stratified)
            Assert.Equal(1, Enumerable.Range(0, count).Sum(j => Weight(0, j)), 12);
        Assert.Equal(expected, Value(row, posterior, codes, population), 10);
    }

    [Fact]
    public void Total_correlation_of_a_correlated_Gaussian_is_the_known_one()
    {
        // Codes whose means have a correlation of 0.8 and whose posteriors are narrow: TC → −½ log(1 − ρ²). The estimator of a batch of
        // 2,000 is off by little; one that counts its weights in every dimension of the joint density is off by log N.
        using DisposeScope scope = NewDisposeScope();
        const int count = 2000;
        const double rho = 0.8, narrow = 0.1;
        Tensor first = Normal(count, 1, seed: 4), second = (first * rho) + (Normal(count, 1, seed: 5) * Math.Sqrt(1 - (rho * rho)));
        Tensor mean = cat([first, second], 1) * Math.Sqrt(1 - (narrow * narrow));
        var posterior = new DiagonalGaussian(mean, full([count, 2], 2 * Math.Log(narrow), float64));
        Tensor codes = posterior.Sample(Normal(count, 2, seed: 6));
        double r = rho * (1 - (narrow * narrow)), truth = -0.5 * Math.Log(1 - (r * r));
        double stratified = Value("{tc: 1}", posterior, codes, count);
        Assert.InRange(stratified, truth - 0.12, truth + 0.12);
        Assert.InRange(Value("{tc: {weight: 1, estimator: weighted}}", posterior, codes, count) - Math.Log(count), truth - 0.15, truth + 0.15);
    }

    // Posteriors of σ = ½ whose aggregate is a normal distribution with variances of 1, in batches drawn from 60,000. The first truth is
    // −½ log(1 − 0.6²), the others are 0; the bias is what docs/training.md says. Weights counted in every dimension would give −34 for the second.
    [Theory]
    [InlineData(2, 0.8, 64, 0.223, 0.03, 0.1)]
    [InlineData(10, 0, 64, 0, -1.49, 0.2)]
    [InlineData(10, 0, 256, 0, -0.89, 0.2)]
    public void The_stratified_estimate_of_a_small_batch_has_the_known_bias(int dimensions, double rho, int batch, double truth, double bias, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        const int repetitions = 40;
        double mean = 0;
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            Tensor normal = Normal(batch, dimensions, seed: (ulong)(100 + repetition));
            Tensor correlated = (normal.narrow(1, 0, 1) * rho) + (normal.narrow(1, 1, 1) * Math.Sqrt(1 - (rho * rho)));
            Tensor means = cat([normal.narrow(1, 0, 1), correlated, normal.narrow(1, 2, dimensions - 2)], 1) * Math.Sqrt(0.75);
            var posterior = new DiagonalGaussian(means, full([batch, dimensions], Math.Log(0.25), float64));
            mean += Value("{tc: 1}", posterior, posterior.Sample(Normal(batch, dimensions, seed: (ulong)(500 + repetition))), 60_000) / repetitions;
        }

        Assert.InRange(mean, truth + bias - tolerance, truth + bias + tolerance);
    }

    [Fact]
    public void Independent_dimensions_have_next_to_no_total_correlation()
    {
        using DisposeScope scope = NewDisposeScope();
        const int count = 2000;
        var posterior = new DiagonalGaussian(Normal(count, 2, seed: 4) * 0.8, full([count, 2], 2 * Math.Log(0.6), float64));
        Assert.InRange(Value("{tc: 1}", posterior, posterior.Sample(Normal(count, 2, seed: 6)), count), -0.05, 0.05);
    }

    [Theory]
    [InlineData("{dip: 1}", 1, true)]
    [InlineData("{dip: {weight: 1, variant: i, diagonal: 10}}", 10, false)]
    public void The_dip_term_is_taken_of_the_covariance_over_the_examples(string row, double diagonal, bool ofCodes)
    {
        using DisposeScope scope = NewDisposeScope();
        const int count = 6, dimensions = 3;
        (DiagonalGaussian posterior, Tensor codes) = Batch(count, dimensions);
        double[] mean = Numbers(posterior.Mean), logVariance = Numbers(posterior.LogVariance);
        double Mean(Func<int, double> at) => Enumerable.Range(0, count).Average(at);
        double expected = 0;
        for (int i = 0; i < dimensions; i++)
        {
            for (int j = 0; j < dimensions; j++)
            {
                double covariance = Mean(n => mean[(n * dimensions) + i] * mean[(n * dimensions) + j]) - (Mean(n => mean[(n * dimensions) + i]) * Mean(n => mean[(n * dimensions) + j]));
                double variance = covariance + (ofCodes ? Mean(n => Math.Exp(logVariance[(n * dimensions) + i])) : 0);
                expected += i == j ? diagonal * (variance - 1) * (variance - 1) : covariance * covariance;
            }
        }

        Assert.Equal(expected, Value(row, posterior, codes, 100), 10);
    }

    [Fact]
    public void The_Gaussian_kernel_s_means_over_the_prior_are_the_integrals()
    {
        // One dimension, two codes: every part of the discrepancy by numerical integration.
        using DisposeScope scope = NewDisposeScope();
        double[] codes = [0.7, -1.2];
        const double scale = 2 * 0.8 * 0.8;
        double Kernel(double a, double b) => Math.Exp(-(a - b) * (a - b) / scale);
        double Prior(Func<double, double> function)
        {
            const int cells = 2000;
            double sum = 0;
            for (int i = 0; i < cells; i++)
            {
                double x = -9 + (18 * (i + 0.5) / cells);
                sum += function(x) * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * 18 / cells;
            }

            return sum;
        }

        double expected = Kernel(codes[0], codes[1]) - (2 * codes.Average(code => Prior(p => Kernel(code, p)))) + Prior(p => Prior(q => Kernel(p, q)));
        var posterior = new DiagonalGaussian(tensor(codes).reshape(2, 1), zeros([2, 1], float64));
        Assert.Equal(expected, Value("{mmd: {weight: 1, bandwidth: 0.8}}", posterior, posterior.Mean, 2), 8);
    }

    [Fact]
    public void The_inverse_multiquadric_compares_all_pairs_but_a_code_with_itself()
    {
        using DisposeScope scope = NewDisposeScope();
        const int count = 5, dimensions = 2;
        (DiagonalGaussian posterior, Tensor codes) = Batch(count, dimensions);
        using Generator draws = new(9), same = new(9);
        double[] z = Numbers(codes), p = Numbers(randn([count, dimensions], float32, generator: same).to(float64));
        double Kernel(double[] a, int i, double[] b, int j) => 4 / (4 + Enumerable.Range(0, dimensions).Sum(d => Math.Pow(a[(i * dimensions) + d] - b[(j * dimensions) + d], 2)));
        double Pairs(double[] a) => Enumerable.Range(0, count).Sum(i => Enumerable.Range(0, count).Where(j => j != i).Sum(j => Kernel(a, i, a, j))) / (count * (count - 1));
        double across = Enumerable.Range(0, count).Sum(i => Enumerable.Range(0, count).Sum(j => Kernel(z, i, p, j))) / (count * count);
        double actual = Create("{mmd: {weight: 1, kernel: imq}}").Forward(new CodeBatch(posterior, codes, 100, draws)).item<double>();
        Assert.Equal(Pairs(z) - (2 * across) + Pairs(p), actual, 10);
    }

    [Theory]
    [InlineData("{mmd: 1}")]
    [InlineData("{mmd: {weight: 1, kernel: imq}}")]
    public void Codes_of_the_prior_have_no_discrepancy_from_it_and_others_do(string row)
    {
        using DisposeScope scope = NewDisposeScope();
        var atPrior = new DiagonalGaussian(zeros([2000, 2], float64), zeros([2000, 2], float64));
        Assert.InRange(Value(row, atPrior, atPrior.Sample(Normal(2000, 2, seed: 7)), 2000), -2e-3, 2e-3);
        Assert.True(Value(row, atPrior, atPrior.Sample(Normal(2000, 2, seed: 7)) + 1, 2000) > 0.05);
    }

    private static (DiagonalGaussian Posterior, Tensor Codes) Batch(int count, int dimensions)
    {
        var posterior = new DiagonalGaussian(Normal(count, dimensions, seed: 1), Normal(count, dimensions, seed: 2) * 0.3);
        return (posterior, posterior.Sample(Normal(count, dimensions, seed: 3)));
    }

    private static double Value(string row, DiagonalGaussian posterior, Tensor codes, int population)
    {
        using Generator draws = new(9);
        return Create(row).Forward(new CodeBatch(posterior, codes, population, draws)).item<double>();
    }

    private static LossTerm Create(string row) => LossTerms.Create(Specs.Mlp(loss: $"{{reconstruction: mse, kl: 1, terms: [{row}]}}").Loss.Terms[0]);

    private static Tensor Normal(int rows, int columns, ulong seed)
    {
        using Generator generator = new(seed);
        return randn([rows, columns], float64, generator: generator);
    }

    private static double[] Numbers(Tensor tensor) => tensor.data<double>().ToArray();
}
