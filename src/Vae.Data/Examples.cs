using Vae.Dsl;

namespace Vae.Data;

/// <summary>
/// The examples of one split in C order, <c>[n, …shape]</c>. They are kept either as bytes, where a value is
/// <c>raw · Scale + Offset</c> (MNIST stays 47 MB instead of 188), or as floats that are values already. Windows of a series
/// share the numbers of its rows: <see cref="Starts"/> says where each begins.
/// </summary>
public sealed class Examples
{
    /// <summary>Creates a split that is kept as bytes.</summary>
    /// <exception cref="ArgumentException">The array is no whole number of examples, or the labels are not as many as the examples.</exception>
    public Examples(Shape shape, byte[] bytes, float scale, float offset, int[]? labels = null, int[]? starts = null)
        : this(shape, bytes.Length, labels, starts)
    {
        Bytes = bytes;
        Scale = scale;
        Offset = offset;
    }

    /// <summary>Creates a split that is kept as floats.</summary>
    /// <exception cref="ArgumentException">The array is no whole number of examples, or the labels are not as many as the examples.</exception>
    public Examples(Shape shape, float[] floats, int[]? labels = null, int[]? starts = null)
        : this(shape, floats.Length, labels, starts) => Floats = floats;

    private Examples(Shape shape, int length, int[]? labels, int[]? starts)
    {
        if (starts is null && (shape.Size == 0 || length % shape.Size != 0))
            throw new ArgumentException($"{length} numbers are no whole number of examples of shape {shape}", nameof(shape));
        if (starts is not null && Array.Exists(starts, start => start < 0 || start > length - shape.Size))
            throw new ArgumentException($"an example of shape {shape} begins outside of the {length} numbers", nameof(starts));
        Shape = shape;
        Starts = starts;
        Count = starts?.Length ?? (int)(length / shape.Size);
        if (labels is not null && labels.Length != Count)
            throw new ArgumentException($"{labels.Length} labels for {Count} examples", nameof(labels));
        Labels = labels;
    }

    /// <summary>How many examples.</summary>
    public int Count { get; }

    /// <summary>The shape of one example.</summary>
    public Shape Shape { get; }

    /// <summary>At which number each example begins, its numbers in a row from there on; <c>null</c> where one example follows the other.</summary>
    public int[]? Starts { get; }

    /// <summary>The raw bytes; or <c>null</c> where <see cref="Floats"/> is given.</summary>
    public byte[]? Bytes { get; }

    /// <summary>The values; or <c>null</c> where <see cref="Bytes"/> is given.</summary>
    public float[]? Floats { get; }

    /// <summary>What a raw byte is multiplied with; 1 for floats.</summary>
    public float Scale { get; } = 1;

    /// <summary>What is added then; 0 for floats.</summary>
    public float Offset { get; }

    /// <summary>The class of each example, from 0; or <c>null</c>.</summary>
    public int[]? Labels { get; }

    /// <summary>Writes the values of one example into <paramref name="values"/>, which holds at least the shape's size.</summary>
    public void CopyExample(int index, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int size = (int)Shape.Size;
        int start = Starts?[index] ?? index * size;
        if (Floats is not null)
        {
            Floats.AsSpan(start, size).CopyTo(values);
            return;
        }

        ReadOnlySpan<byte> raw = Bytes.AsSpan(start, size);
        for (int i = 0; i < size; i++)
            values[i] = (raw[i] * Scale) + Offset;
    }

    /// <summary>The values of one example.</summary>
    public float[] Example(int index)
    {
        float[] values = new float[Shape.Size];
        CopyExample(index, values);
        return values;
    }
}
