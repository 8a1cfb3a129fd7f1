namespace Vae.Runtime;

/// <summary>The way between the numbers that a network sees and those of its data, as a model's metadata keep it.</summary>
internal sealed class ModelUnits
{
    private readonly double[] factors;
    private readonly double[] offsets;

    private ModelUnits(double[] factors, double[] offsets, string[] columns, string[] labels, bool isFitted)
    {
        this.factors = factors;
        this.offsets = offsets;
        Columns = columns;
        Labels = labels;
        IsFitted = isFitted;
    }

    /// <summary>Whether the scale was fitted on the training set; else numbers stay as the network sees them, as pictures do.</summary>
    public bool IsFitted { get; }

    /// <summary>The features' names in order, or none.</summary>
    public string[] Columns { get; }

    /// <summary>The classes' names in order, or none.</summary>
    public string[] Labels { get; }

    /// <summary>Reads them.</summary>
    /// <param name="metadata">The metadata of an ONNX model.</param>
    /// <param name="dataShape">The shape of one example, whose last axis counts features.</param>
    /// <exception cref="FormatException">An entry is broken.</exception>
    public static ModelUnits Read(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<int> dataShape)
    {
        double[] widths = metadata.TryGetValue("data.factor", out string? text) ? JsonList.Numbers(text) : [1];
        double[] middles = metadata.TryGetValue("data.offset", out text) ? JsonList.Numbers(text) : [0];
        int features = dataShape[dataShape.Count - 1];
        if (widths.Length != middles.Length || (widths.Length != 1 && widths.Length != features))
            throw new FormatException($"'data.factor' has {widths.Length} numbers and 'data.offset' {middles.Length}, for {features} features");
        return new ModelUnits(
            widths,
            middles,
            metadata.TryGetValue("columns", out text) ? JsonList.Texts(text) : [],
            metadata.TryGetValue("labels", out text) ? JsonList.Texts(text) : [],
            metadata.TryGetValue("data.fitted", out text) && text == "true");
    }

    /// <summary>What the network sees of the data's numbers. A feature that never changed in training is 0, as it was there.</summary>
    public float[] ToModel(ReadOnlySpan<float> own)
    {
        float[] values = own.ToArray();
        if (!IsFitted)
            return values;
        for (int i = 0, feature = 0; i < values.Length; i++)
        {
            values[i] = factors[feature] == 0 ? 0 : (float)((values[i] - offsets[feature]) / factors[feature]);
            feature = feature + 1 == factors.Length ? 0 : feature + 1;
        }

        return values;
    }

    /// <summary>The data's numbers for a network's, in place.</summary>
    public float[] ToOwn(float[] values)
    {
        if (!IsFitted)
            return values;
        for (int i = 0, feature = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] * factors[feature]) + offsets[feature]);
            feature = feature + 1 == factors.Length ? 0 : feature + 1;
        }

        return values;
    }
}
