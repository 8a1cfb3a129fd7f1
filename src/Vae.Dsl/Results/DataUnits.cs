using System.Globalization;

namespace Vae.Dsl.Results;

/// <summary>
/// The way from the numbers that a model sees back to those of its data: <c>raw = value · factor + offset</c>, feature by feature.
/// It is kept with the weights, for it was fitted on the training set and is nowhere else.
/// </summary>
public sealed record DataUnits
{
    /// <summary>Numbers as they are.</summary>
    public static DataUnits AsTheyAre { get; } = new();

    /// <summary>What a value is multiplied with, a number a feature; one number where all features share it. 0 for a feature that never changed.</summary>
    public ValueList<double> Factors { get; init; } = [1];

    /// <summary>What is added then, as many numbers as <see cref="Factors"/>.</summary>
    public ValueList<double> Offsets { get; init; } = [0];

    /// <summary>Whether the numbers were fitted on the training set; bytes of pictures have the same for every set.</summary>
    public bool IsFitted { get; init; }

    /// <summary>The features' names in order, where the data is a table or a series; else empty.</summary>
    public ValueList<string> Columns { get; init; } = [];

    /// <summary>The classes' names in order, where the data has names; else empty.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>The name of a class, or its number where the data has no names.</summary>
    public string NameOf(int label) => label >= 0 && label < Labels.Count ? Labels[label] : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>The data's own numbers for a model's values <c>[n, …data shape]</c>, whose last axis counts features.</summary>
    public float[] ToRaw(ReadOnlySpan<float> values)
    {
        float[] raw = new float[values.Length];
        for (int i = 0, feature = 0; i < raw.Length; i++)
        {
            raw[i] = (float)((values[i] * Factors[feature]) + Offsets[feature]);
            feature = feature + 1 == Factors.Count ? 0 : feature + 1;
        }

        return raw;
    }

    /// <summary>The array in the data's own numbers where the scale was fitted; pictures stay in 0..1, as everything else takes them.</summary>
    public NamedArray InOwnUnits(NamedArray decoded)
    {
        ArgumentNullException.ThrowIfNull(decoded);
        return IsFitted ? decoded with { Values = ToRaw(decoded.Values) } : decoded;
    }

    /// <summary>The model's values for numbers of the data, <c>[n, …data shape]</c>: the way that training examples took.</summary>
    public float[] FromRaw(ReadOnlySpan<float> raw)
    {
        float[] values = new float[raw.Length];
        for (int i = 0, feature = 0; i < values.Length; i++)
        {
            values[i] = Factors[feature] == 0 ? 0 : (float)((raw[i] - Offsets[feature]) / Factors[feature]);
            feature = feature + 1 == Factors.Count ? 0 : feature + 1;
        }

        return values;
    }
}
