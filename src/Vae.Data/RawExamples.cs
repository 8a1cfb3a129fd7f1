using Vae.Dsl;

namespace Vae.Data;

/// <summary>Values with their labels, as a source holds them.</summary>
internal sealed record RawExamples(RawArray Values, int[]? Labels)
{
    /// <summary>The examples with these numbers, in their order.</summary>
    public RawExamples Select(int[] indices)
    {
        Shape axes = new([indices.Length, .. Values.ExampleShape]);
        int size = (int)Values.ExampleShape.Size;
        RawArray selected = Values with { Axes = axes, Bytes = Pick(Values.Bytes, indices, size), Floats = Pick(Values.Floats, indices, size) };
        return new RawExamples(selected, Pick(Labels, indices, 1));
    }

    private static T[]? Pick<T>(T[]? values, int[] indices, int size)
    {
        if (values is null)
            return null;
        T[] picked = GC.AllocateUninitializedArray<T>(indices.Length * size);
        for (int i = 0; i < indices.Length; i++)
            Array.Copy(values, indices[i] * size, picked, i * size, size);
        return picked;
    }
}
