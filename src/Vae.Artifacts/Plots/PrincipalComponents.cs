namespace Vae.Artifacts.Plots;

/// <summary>
/// The two directions along which codes vary most. They are orthonormal, so that N(0, I) seen along them is N(0, I) again, and the circles
/// of the prior are the same. Found by orthogonal iteration on the covariance from a fixed start: the same codes give the same directions.
/// </summary>
internal sealed class PrincipalComponents
{
    private const int MostIterations = 500;
    private const double Precision = 1e-10;

    // Covariances of more dimensions would take minutes; those that vary least are left out.
    private const int MostDimensions = 512;

    private readonly double[][] directions;

    /// <param name="values">[n, d] in C order. Rows with a number that is not finite say nothing.</param>
    /// <param name="dimensions">d, at least 2.</param>
    public PrincipalComponents(float[] values, int dimensions)
    {
        int[] rows = [.. Enumerable.Range(0, values.Length / dimensions).Where(row => Enumerable.Range(row * dimensions, dimensions).All(i => float.IsFinite(values[i])))];
        double[] variances = [.. Enumerable.Range(0, dimensions).Select(j => Variance(rows, j))];
        int[] used = [.. Enumerable.Range(0, dimensions).OrderByDescending(j => variances[j]).Take(MostDimensions).Order()];
        double[][] covariance = Covariance(rows, used);
        double[][] found = [Start(used.Length, 0), Start(used.Length, 1)];
        Orthonormalize(found);
        for (int i = 0; i < MostIterations; i++)
        {
            double[][] next = [Times(covariance, found[0]), Times(covariance, found[1])];
            if (!Orthonormalize(next))
                break;
            double change = 2 - Math.Abs(Dot(next[0], found[0])) - Math.Abs(Dot(next[1], found[1]));
            found = next;
            if (change < Precision)
                break;
        }

        Orthonormalize(found);
        double total = variances.Sum();
        Shares = [.. found.Select(direction => total > 0 ? Dot(direction, Times(covariance, direction)) / total : 0)];
        directions = [.. found.Select(direction => Whole(direction, used))];

        double Variance(int[] members, int j)
        {
            double mean = members.Length == 0 ? 0 : members.Average(row => (double)values[(row * dimensions) + j]);
            return members.Length == 0 ? 0 : members.Average(row => (values[(row * dimensions) + j] - mean) * (values[(row * dimensions) + j] - mean));
        }

        double[][] Covariance(int[] members, int[] columns)
        {
            double[] means = [.. columns.Select(j => members.Length == 0 ? 0 : members.Average(row => (double)values[(row * dimensions) + j]))];
            double[][] sums = [.. columns.Select(_ => new double[columns.Length])];
            double[] centred = new double[columns.Length];
            foreach (int row in members)
            {
                for (int j = 0; j < columns.Length; j++)
                    centred[j] = values[(row * dimensions) + columns[j]] - means[j];
                for (int j = 0; j < columns.Length; j++)
                {
                    for (int k = 0; k <= j; k++)
                        sums[j][k] += centred[j] * centred[k] / members.Length;
                }
            }

            for (int j = 0; j < columns.Length; j++)
            {
                for (int k = j + 1; k < columns.Length; k++)
                    sums[j][k] = sums[k][j];
            }

            return sums;
        }

        // The sign is free: the largest part of a direction is positive.
        double[] Whole(double[] direction, int[] columns)
        {
            double sign = direction.MaxBy(Math.Abs) < 0 ? -1 : 1;
            double[] whole = new double[dimensions];
            for (int j = 0; j < columns.Length; j++)
                whole[columns[j]] = sign * direction[j];
            return whole;
        }
    }

    /// <summary>The shares of the whole variance that lie along the two directions.</summary>
    public double[] Shares { get; }

    /// <summary>The coordinate of each row along a direction, measured from the origin, where the prior's mean is.</summary>
    /// <param name="direction">0 or 1.</param>
    public double[] Project(float[] values, int direction)
    {
        double[] along = directions[direction];
        double[] projected = new double[values.Length / along.Length];
        for (int i = 0; i < values.Length; i++)
            projected[i / along.Length] += values[i] * along[i % along.Length];
        return projected;
    }

    // Parts of all dimensions and of no symmetry, so that no direction is missed.
    private static double[] Start(int length, int which) =>
        [.. Enumerable.Range(0, length).Select(j => 1 + Math.Sin((which + 1) * (j + 1) * 1.7))];

    private static double[] Times(double[][] matrix, double[] vector) => Array.ConvertAll(matrix, row => Dot(row, vector));

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    /// <summary>Gram and Schmidt; <c>false</c> where a vector vanishes, which leaves both as they can best be.</summary>
    private static bool Orthonormalize(double[][] pair)
    {
        double first = Math.Sqrt(Dot(pair[0], pair[0]));
        if (first == 0)
            return false;
        pair[0] = Array.ConvertAll(pair[0], value => value / first);
        double common = Dot(pair[0], pair[1]);
        double[] rest = [.. pair[1].Zip(pair[0], (value, along) => value - (common * along))];
        double second = Math.Sqrt(Dot(rest, rest));
        if (second < 1e-12 * (1 + Math.Abs(common)))
            return false;
        pair[1] = Array.ConvertAll(rest, value => value / second);
        return true;
    }
}
