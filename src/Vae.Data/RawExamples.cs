using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>Values with their labels, as a source holds them.</summary>
internal sealed record RawExamples(RawArray Values, int[]? Labels)
{
    /// <summary>At which number of the array each example begins; <c>null</c> where one follows the other.</summary>
    public int[]? Starts { get; init; }

    /// <summary>How many examples.</summary>
    public int Count => Starts?.Length ?? Values.Count;

    /// <summary>Checks that the values are finite examples and that each has its label.</summary>
    public static RawExamples Of(RawArray values, RawArray? labels)
    {
        if (values.Axes.Rank < 2)
        {
            throw DataFault.At(
                DiagnosticTable.Data.Malformed,
                values.Path,
                $"examples have at least two axes, [n, …]; this array is {values.Axes}, as labels are");
        }

        values.RequireFinite();
        if (labels is null)
            return new RawExamples(values, null);
        if (labels.Count != values.Count)
            throw DataFault.At(DiagnosticTable.Data.LabelCount, labels.Path, $"{labels.Count} labels for the {values.Count} examples of {Path.GetFileName(values.Path)}");
        return new RawExamples(values, labels.ToLabels());
    }

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
