using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>Questions about latent dimensions: how much each of them tells, and what it changes in what is decoded.</summary>
internal sealed class LatentQuestions(Spec spec, Evaluator evaluator)
{
    // So many examples are encoded at a time: a large split needs no second copy of itself.
    private const int Portion = 4096;

    private readonly int dimensions = spec.Latent.Dim;

    /// <summary>KL and variance of μ, over all examples.</summary>
    public NamedArray[] Statistics(Examples examples)
    {
        (double[] kl, double[] variance) = Moments(examples);
        return [new("kl", [dimensions], ToFloats(kl)), new("variance", [dimensions], ToFloats(variance)), new("count", [1], [examples.Count])];
    }

    /// <summary>One dimension a row, those with the largest KL first.</summary>
    public NamedArray[] Traversal(EvaluationRequest.Traversal asked, Examples examples)
    {
        (double[] kl, _) = Moments(examples);
        int[] shown = [.. Enumerable.Range(0, dimensions).OrderByDescending(dimension => kl[dimension]).Take(asked.Dimensions)];
        float[] start = asked.Example is int example ? evaluator.Encode(examples, [example]).Means : new float[dimensions];
        int rows = shown.Length, steps = asked.Steps;
        float[] codes = new float[rows * steps * dimensions];
        for (int row = 0; row < rows; row++)
        {
            for (int step = 0; step < steps; step++)
            {
                Span<float> code = codes.AsSpan(((row * steps) + step) * dimensions, dimensions);
                start.CopyTo(code);
                code[shown[row]] = (float)(asked.Range * ((2.0 * step / (steps - 1)) - 1));
            }
        }

        int? label = asked.Label ?? (asked.Example is int own && spec.Condition is not null ? examples.Labels![own] : null);
        return
        [
            .. evaluator.Decoded(codes, evaluator.Same(label, rows * steps)),
            new("dimensions", [rows], Array.ConvertAll(shown, dimension => (float)dimension)),
            new("kl", [rows], [.. shown.Select(dimension => (float)kl[dimension])]),
            new("start", [1, dimensions], start),
        ];
    }

    /// <summary>A pair of examples a row.</summary>
    public NamedArray[] Interpolations(EvaluationRequest.Interpolations asked, Examples examples)
    {
        int[] chosen = spec.Condition is null ? Ends(examples, 2 * asked.Count) : EndsOfOneLabel(examples, asked.Count);
        float[] means = evaluator.Encode(examples, chosen).Means;
        int pairs = chosen.Length / 2, steps = asked.Steps;
        float[] codes = new float[pairs * steps * dimensions];
        for (int i = 0; i < codes.Length; i++)
        {
            int dimension = i % dimensions, step = i / dimensions % steps, first = 2 * (i / (dimensions * steps)) * dimensions;
            double share = (double)step / (steps - 1);
            codes[i] = (float)(((1 - share) * means[first + dimension]) + (share * means[first + dimensions + dimension]));
        }

        return
        [
            new("original", [chosen.Length, .. spec.Data.Shape], Evaluator.Values(examples, chosen)),
            new("decoded", [pairs * steps, .. spec.Data.Shape], evaluator.Decode(codes, evaluator.Conditions(examples, [.. Enumerable.Range(0, pairs * steps).Select(i => chosen[2 * (i / steps)])]))),
        ];
    }

    /// <summary>
    /// An even number of examples, two labels at the ends of a line where there are labels. Without labels they are spread over the
    /// split: neighbouring windows of a series are nearly the same.
    /// </summary>
    private static int[] Ends(Examples examples, int count)
    {
        // Of a single example the line is a point.
        if (examples.Count == 1)
            return [0, 0];
        int even = Math.Min(count, examples.Count / 2 * 2);
        return examples.Labels is null ? Evaluator.Spread(examples, even) : Evaluator.OneOfEachLabelInTurn(examples, even);
    }

    /// <summary>Pairs of one label, label by label: between two labels there is none that the decoder could be told.</summary>
    private static int[] EndsOfOneLabel(Examples examples, int pairs)
    {
        int[] labels = examples.Labels!;
        int[] ends = [.. Enumerable.Range(0, examples.Count)
            .GroupBy(place => labels[place])
            .SelectMany(sameLabel => sameLabel.Chunk(2).Where(pair => pair.Length == 2).Select((pair, turn) => (pair, turn)))
            .OrderBy(found => found.turn)
            .ThenBy(found => labels[found.pair[0]])
            .Take(pairs)
            .SelectMany(found => found.pair)];
        // Where no two share a label, the line is a point.
        return ends.Length > 0 ? ends : [0, 0];
    }

    /// <summary>
    /// The mean KL of each dimension: Kingma and Welling 2013, arXiv:1312.6114, appendix B; and the variance of its μ. Sums are taken
    /// from the first example's μ on, so that a dimension that never moves has a variance of exactly 0.
    /// </summary>
    private (double[] Kl, double[] Variance) Moments(Examples examples)
    {
        double[] kl = new double[dimensions], first = new double[dimensions], sums = new double[dimensions], squares = new double[dimensions];
        for (int start = 0; start < examples.Count; start += Portion)
        {
            int[] places = [.. Enumerable.Range(start, Math.Min(Portion, examples.Count - start))];
            (float[] means, float[] logVariances) = evaluator.Encode(examples, places);
            for (int i = 0; i < means.Length; i++)
            {
                int dimension = i % dimensions;
                double mean = means[i];
                if (start == 0 && i < dimensions)
                    first[dimension] = mean;
                kl[dimension] += 0.5 * (Math.Exp(logVariances[i]) + (mean * mean) - 1 - logVariances[i]);
                sums[dimension] += mean - first[dimension];
                squares[dimension] += (mean - first[dimension]) * (mean - first[dimension]);
            }
        }

        double count = examples.Count;
        return (
            Array.ConvertAll(kl, sum => sum / count),
            [.. squares.Zip(sums, (square, sum) => Math.Max(0, (square / count) - (sum / count * (sum / count))))]);
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
