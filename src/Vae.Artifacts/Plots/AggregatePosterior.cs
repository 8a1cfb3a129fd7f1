using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// The aggregate posterior q(z), the mean of the posteriors N(μᵢ, σᵢ²) of all examples (Makhzani et al. 2015, arXiv:1511.05644; Hoffman and
/// Johnson 2016), computed without drawing: its share of an interval is the mean of the examples' shares.
/// </summary>
internal sealed class AggregatePosterior
{
    // Beyond so many standard deviations nothing is left that a picture could show.
    private const double Reach = 6;

    private readonly int dimensions;
    private readonly float[] means;
    private readonly float[] logVariances;
    private readonly int[] examples;

    /// <param name="means">μ, [n,z].</param>
    /// <param name="logVariances">log σ², [n,z]. Examples with a number that is not finite are left out.</param>
    public AggregatePosterior(NamedArray means, NamedArray logVariances)
    {
        dimensions = means.Shape[1];
        this.means = means.Values;
        this.logVariances = logVariances.Values;
        examples = [.. Enumerable.Range(0, means.Shape[0]).Where(example => Enumerable.Range(example * dimensions, dimensions).All(
            i => float.IsFinite(this.means[i]) && float.IsFinite(this.logVariances[i])))];
        Mean = new double[dimensions];
        Variance = new double[dimensions];
        Kl = new double[dimensions];
        foreach (int example in examples)
        {
            for (int j = 0; j < dimensions; j++)
            {
                (double mean, double variance) = (Mu(example, j), Math.Exp(LogVariance(example, j)));
                Mean[j] += mean / examples.Length;
                Variance[j] += (variance + (mean * mean)) / examples.Length;
                Kl[j] += 0.5 * (variance + (mean * mean) - 1 - LogVariance(example, j)) / examples.Length;
            }
        }

        for (int j = 0; j < dimensions; j++)
            Variance[j] = Math.Max(Variance[j] - (Mean[j] * Mean[j]), 0);
    }

    /// <summary>The mean of each dimension.</summary>
    public double[] Mean { get; }

    /// <summary>The variance of each dimension: the mean of σ² and the variance of μ together.</summary>
    public double[] Variance { get; }

    /// <summary>The mean KL of the examples' posteriors from the prior, of each dimension, in nats.</summary>
    public double[] Kl { get; }

    /// <summary>The KL of a normal with the mean and variance of a dimension from N(0, 1), in nats: ½ (v + m² − 1 − log v).</summary>
    public double MomentKl(int dimension) =>
        0.5 * (Variance[dimension] + (Mean[dimension] * Mean[dimension]) - 1 - Math.Log(Variance[dimension]));

    /// <summary>The density of one dimension in bins of equal width: the share of each bin by its width.</summary>
    public double[] Density(int dimension, double low, double high, int bins)
    {
        double[] density = new double[bins];
        double width = (high - low) / bins;
        foreach (int example in examples)
        {
            foreach ((int bin, double share) in Shares(example, dimension, low, width, bins))
                density[bin] += share / (width * examples.Length);
        }

        return density;
    }

    /// <summary>The shares of the squares of a grid over the first two dimensions; rows along the second.</summary>
    public double[,] Plane(double low, double high, int bins)
    {
        double[,] plane = new double[bins, bins];
        double width = (high - low) / bins;
        foreach (int example in examples)
        {
            (int Bin, double Share)[] columns = [.. Shares(example, 0, low, width, bins)];
            foreach ((int row, double shareOfRow) in Shares(example, 1, low, width, bins))
            {
                foreach ((int column, double share) in columns)
                    plane[row, column] += shareOfRow * share / examples.Length;
            }
        }

        return plane;
    }

    private IEnumerable<(int Bin, double Share)> Shares(int example, int dimension, double low, double width, int bins)
    {
        double mean = Mu(example, dimension);
        double deviation = Math.Exp(LogVariance(example, dimension) / 2);
        int first = (int)Math.Clamp(Math.Floor((mean - (Reach * deviation) - low) / width), 0, bins);
        int last = (int)Math.Clamp(Math.Ceiling((mean + (Reach * deviation) - low) / width), 0, bins);
        double before = NormalDistribution.Below((low + (first * width) - mean) / deviation);
        for (int bin = first; bin < last; bin++)
        {
            double after = NormalDistribution.Below((low + ((bin + 1) * width) - mean) / deviation);
            yield return (bin, after - before);
            before = after;
        }
    }

    private double Mu(int example, int dimension) => means[(example * dimensions) + dimension];

    private double LogVariance(int example, int dimension) => logVariances[(example * dimensions) + dimension];
}
