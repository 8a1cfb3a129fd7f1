using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Data;

/// <summary>A map <c>raw · Factor + Term</c> of each feature, fitted on the training split and used on all.</summary>
internal sealed class FeatureScale
{
    private readonly double[] factors;
    private readonly double[] terms;
    private readonly double[] widths;
    private readonly double[] middles;

    private FeatureScale(int size)
    {
        factors = new double[size];
        terms = new double[size];
        widths = new double[size];
        middles = new double[size];
    }

    /// <summary>The way back.</summary>
    public DataUnits Units => new() { Factors = ValueList.From(widths), Offsets = ValueList.From(middles), IsFitted = true };

    /// <summary>
    /// Fits the map on all examples of <paramref name="array"/>. A feature that never changes becomes 0 under every scaling: there is
    /// nothing to learn from it, and no division by zero.
    /// </summary>
    public static FeatureScale Fit(RawArray array, Scaling scaling)
    {
        int size = (int)array.ExampleShape.Size;
        (double[] low, double[] width) = scaling == Scaling.Standard ? Moments(array, size) : Bounds(array, size);
        FeatureScale scale = new(size);
        for (int feature = 0; feature < size; feature++)
        {
            // What becomes 0, and what is 1 from there.
            scale.widths[feature] = scaling == Scaling.Symmetric ? width[feature] / 2 : width[feature];
            scale.middles[feature] = low[feature] + (scaling == Scaling.Symmetric ? width[feature] / 2 : 0);
            if (width[feature] == 0)
                continue;
            double factor = (scaling == Scaling.Symmetric ? 2 : 1) / width[feature];
            scale.factors[feature] = factor;
            scale.terms[feature] = (-low[feature] * factor) - (scaling == Scaling.Symmetric ? 1 : 0);
        }

        return scale;
    }

    /// <summary>The scaled values.</summary>
    public float[] Apply(RawArray array)
    {
        float[] values = array.Floats ?? Array.ConvertAll(array.Bytes!, raw => (float)raw);
        for (int start = 0; start < values.Length; start += factors.Length)
        {
            for (int feature = 0; feature < factors.Length; feature++)
                values[start + feature] = (float)((values[start + feature] * factors[feature]) + terms[feature]);
        }

        return values;
    }

    private static double Value(RawArray array, int index) => array.Floats is null ? array.Bytes![index] : array.Floats[index];

    private static (double[] Low, double[] Width) Bounds(RawArray array, int size)
    {
        double[] low = new double[size];
        double[] high = new double[size];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        ForEach(array, size, (feature, value) =>
        {
            low[feature] = Math.Min(low[feature], value);
            high[feature] = Math.Max(high[feature], value);
        });
        return (low, [.. high.Zip(low, (top, bottom) => top - bottom)]);
    }

    /// <summary>
    /// Mean and standard deviation (that of the population) in two passes, which loses no digits. Sums are taken from the first
    /// example on, so that a feature that never changes deviates by exactly 0.
    /// </summary>
    private static (double[] Mean, double[] Deviation) Moments(RawArray array, int size)
    {
        double[] means = [.. Enumerable.Range(0, size).Select(feature => Value(array, feature))];
        double[] sums = new double[size];
        ForEach(array, size, (feature, value) => sums[feature] += value - means[feature]);
        for (int feature = 0; feature < size; feature++)
            means[feature] += sums[feature] / array.Count;
        double[] squares = new double[size];
        ForEach(array, size, (feature, value) => squares[feature] += (value - means[feature]) * (value - means[feature]));
        return (means, Array.ConvertAll(squares, square => Math.Sqrt(square / array.Count)));
    }

    /// <summary>All values in the order in which they lie in memory.</summary>
    private static void ForEach(RawArray array, int size, Action<int, double> visit)
    {
        int length = array.Count * size;
        for (int i = 0, feature = 0; i < length; i++)
        {
            visit(feature, Value(array, i));
            feature = feature + 1 == size ? 0 : feature + 1;
        }
    }
}
