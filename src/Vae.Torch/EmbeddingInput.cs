using System.Globalization;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Torch;

/// <summary>
/// Whether data suits an embedding, known before the tensor library looks rows up that are not there. The language has seen to it that
/// an embedding reads the data itself.
/// </summary>
internal static class EmbeddingInput
{
    /// <summary>Looks through all splits.</summary>
    /// <exception cref="VaeException">VAE4003: a value is no row's number.</exception>
    public static void Check(Spec spec, DataSet data)
    {
        if (Find(spec) is not Layer embedding)
            return;
        foreach ((string name, Examples? split) in new[] { ("training", data.Train), ("validation", data.Validation), ("test", data.Test) })
        {
            foreach (byte value in split?.Bytes ?? [])
                Check(embedding, (value * split!.Scale) + split.Offset, $"the {name} set holds");
            foreach (float value in split?.Floats ?? [])
                Check(embedding, value, $"the {name} set holds");
        }
    }

    /// <summary>Looks through examples.</summary>
    /// <inheritdoc cref="Check(Spec, DataSet)"/>
    public static void Check(Spec spec, float[] examples)
    {
        if (Find(spec) is not Layer embedding)
            return;
        foreach (float value in examples)
            Check(embedding, value, "the examples hold");
    }

    /// <summary>The embedding; <c>null</c> where there is none, or where all it sees is 0 and 1 by a draw.</summary>
    private static Layer? Find(Spec spec) => spec.Data.Binarize == Binarization.Dynamic ? null : spec.Encoder.Layers.FirstOrDefault(layer => layer.Kind == "embedding");

    private static void Check(Layer embedding, float value, string where)
    {
        int rows = embedding.Arguments.Int("num");
        if (value >= 0 && value < rows && value == MathF.Floor(value))
            return;
        throw new VaeException(DiagnosticTable.Training.DataRange.At(embedding.Origin, string.Create(
            CultureInfo.InvariantCulture,
            $"embedding with 'num: {rows}' needs whole numbers from 0 to {rows - 1}, but {where} {value:G6}. Give 'num' the number of different values, and leave the data as it is with 'data.scale: none'.")));
    }
}
