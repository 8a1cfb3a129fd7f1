using Vae.Dsl;

namespace Vae.Data;

/// <summary>A map <c>raw · Factor + Term</c> of each feature, fitted on the training split and used on all.</summary>
internal sealed class FeatureScale
{
    private readonly double[] factors;
    private readonly double[] terms;

    private FeatureScale(int size)
    {
        factors = new double[size];
        terms = new double[size];
    }

    /// <summary>
    /// Fits the map on all examples of <paramref name="array"/>. A feature that never changes becomes 0 under every scaling: there is
    /// nothing to learn from it, and no division by zero.
    /// </summary>
    public static FeatureScale Fit(RawArray array, Scaling scaling)
    {
        int size = (int)array.ExampleShape.Size;
        FeatureScale scale = new(size);
        for (int feature = 0; feature < size; feature++)
        {
            (double low, double width) = scaling == Scaling.Standard ? Moments(array, feature, size) : Bounds(array, feature, size);
            double factor = width > 0 ? 1 / width : 0;
            scale.factors[feature] = scaling == Scaling.Symmetric ? 2 * factor : factor;
            scale.terms[feature] = (-low * scale.factors[feature]) - (scaling == Scaling.Symmetric && width > 0 ? 1 : 0);
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

    private static (double Low, double Width) Bounds(RawArray array, int feature, int size)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int i = 0; i < array.Count; i++)
        {
            double value = Value(array, (i * size) + feature);
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (low, high - low);
    }

    /// <summary>Mean and standard deviation (that of the population), in two passes, which loses no digits.</summary>
    private static (double Low, double Width) Moments(RawArray array, int feature, int size)
    {
        double sum = 0;
        for (int i = 0; i < array.Count; i++)
            sum += Value(array, (i * size) + feature);
        double mean = sum / array.Count;
        double squares = 0;
        for (int i = 0; i < array.Count; i++)
        {
            double distance = Value(array, (i * size) + feature) - mean;
            squares += distance * distance;
        }

        return (mean, Math.Sqrt(squares / array.Count));
    }
}
