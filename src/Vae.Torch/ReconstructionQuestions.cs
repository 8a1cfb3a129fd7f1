using Vae.Data;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>Questions about what becomes of examples that pass through their μ.</summary>
internal sealed class ReconstructionQuestions(Evaluator evaluator)
{
    // So many examples are decoded at a time: a large split needs no second copy of itself.
    private const int Portion = 2000;

    /// <summary>The examples that are decoded worst, by squared error.</summary>
    public NamedArray[] Worst(Examples examples, int count)
    {
        List<(int Place, double Error)> worst = [];
        foreach ((int[] places, float[] originals, float[] decoded) in Portions(examples, examples.Count))
        {
            int size = originals.Length / places.Length;
            worst.AddRange(places.Select((place, i) => (place, MeanSquare(originals.AsSpan(i * size, size), decoded.AsSpan(i * size, size)))));

            // Of equal errors the first example comes first, whatever the portions are.
            worst = [.. worst.OrderByDescending(found => found.Error).ThenBy(found => found.Place).Take(count)];
        }

        int[] chosen = [.. worst.Select(found => found.Place)];
        (float[] values, float[] made) = Decoded(examples, chosen);
        return
        [
            new("original", [chosen.Length, .. examples.Shape], values),
            new("decoded", [chosen.Length, .. examples.Shape], made),
            new("error", [chosen.Length], [.. worst.Select(found => (float)found.Error)]),
            new("index", [chosen.Length], Array.ConvertAll(chosen, place => (float)place)),
            .. Evaluator.Labels(examples, chosen),
        ];
    }

    /// <summary>How far examples and their reconstructions reach.</summary>
    public NamedArray[] Ranges(Examples examples, int limit)
    {
        float[] ofOriginals = [float.PositiveInfinity, float.NegativeInfinity], ofDecoded = [float.PositiveInfinity, float.NegativeInfinity];
        foreach ((_, float[] originals, float[] decoded) in Portions(examples, Math.Min(limit, examples.Count)))
        {
            Widen(ofOriginals, originals);
            Widen(ofDecoded, decoded);
        }

        return [new("original", [2], ofOriginals), new("decoded", [2], ofDecoded)];
    }

    private IEnumerable<(int[] Places, float[] Originals, float[] Decoded)> Portions(Examples examples, int count)
    {
        for (int start = 0; start < count; start += Portion)
        {
            int[] places = [.. Enumerable.Range(start, Math.Min(Portion, count - start))];
            (float[] originals, float[] decoded) = Decoded(examples, places);
            yield return (places, originals, decoded);
        }
    }

    private (float[] Originals, float[] Decoded) Decoded(Examples examples, int[] places)
    {
        float[] originals = Evaluator.Values(examples, places);
        int[]? labels = evaluator.Conditions(examples, places);
        return (originals, evaluator.Decode(evaluator.Encode(originals, labels).Means, labels));
    }

    private static double MeanSquare(ReadOnlySpan<float> values, ReadOnlySpan<float> others)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += ((double)values[i] - others[i]) * ((double)values[i] - others[i]);
        return sum / values.Length;
    }

    private static void Widen(float[] range, float[] values)
    {
        range[0] = Math.Min(range[0], values.Min());
        range[1] = Math.Max(range[1], values.Max());
    }
}
