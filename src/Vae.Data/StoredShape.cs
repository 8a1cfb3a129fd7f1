using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>Brings examples from the shape that is stored to the shape that the spec asks for, or refuses.</summary>
internal static class StoredShape
{
    /// <summary>
    /// What changes no order of values is allowed: flattening, the reverse of it, axes of size 1 more or less. An image stored
    /// <c>[H,W,C]</c> and asked for as <c>[C,H,W]</c> gets its channels moved. Everything else would silently shear the data, and is refused.
    /// </summary>
    public static RawExamples Fit(RawExamples examples, Shape asked)
    {
        RawArray values = examples.Values;
        Shape stored = values.ExampleShape;
        if (values.Count == 0 || stored.Size == 0)
            throw DataFault.At(DiagnosticTable.Data.Empty, values.Path, "there are no examples");
        Shape axes = new([values.Count, .. asked]);
        bool sameOrder = stored.Size == asked.Size && (asked.Rank == 1 || stored.Rank == 1 || Long(stored).SequenceEqual(Long(asked)));
        if (sameOrder)
            return examples with { Values = values with { Axes = axes } };
        if (stored.Rank == 3 && asked.Rank == 3 && asked == new Shape(stored[2], stored[0], stored[1]))
        {
            int pixels = stored[0] * stored[1];
            return examples with
            {
                Values = values with { Axes = axes, Bytes = ChannelsFirst(values.Bytes, pixels, stored[2]), Floats = ChannelsFirst(values.Floats, pixels, stored[2]) },
            };
        }

        throw DataFault.At(
            DiagnosticTable.Data.ShapeMismatch,
            values.Path,
            $"the examples are stored as {stored} ({stored.Size} values), data.shape is {asked} ({asked.Size} values)");
    }

    private static IEnumerable<int> Long(Shape shape) => shape.Where(size => size != 1);

    private static T[]? ChannelsFirst<T>(T[]? values, int pixels, int channels)
    {
        if (values is null)
            return null;
        T[] moved = GC.AllocateUninitializedArray<T>(values.Length);
        for (int start = 0; start < values.Length; start += pixels * channels)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                for (int channel = 0; channel < channels; channel++)
                    moved[start + (channel * pixels) + pixel] = values[start + (pixel * channels) + channel];
            }
        }

        return moved;
    }
}
