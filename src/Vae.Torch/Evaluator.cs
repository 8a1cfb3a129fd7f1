using System.Globalization;
using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Losses;
using Vae.Torch.Losses.Terms;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Asks a network questions: batch by batch, without gradients, with the running statistics of batch norms and without dropout. Noise
/// comes from streams that always start at the same place, and batches have a size of their own: answers depend on weights and seed.
/// </summary>
internal sealed class Evaluator(Spec spec, VaeNetwork network, Objective objective, RandomStreams streams, CancellationToken cancellation)
{
    // Large enough to keep the processor busy, small enough for the activations of a convolutional net.
    private const int BatchSize = 500;

    /// <summary>The losses of a split: the reconstruction from one sampled code an example, and from the mean code; the KL.</summary>
    public SplitLosses Losses(ExampleTensor data, RandomStreams.Purpose purpose, bool fromMean)
    {
        using Generator noise = streams.For(purpose);
        double reconstruction = 0, meanReconstruction = 0, kl = 0;
        double[] terms = new double[spec.Loss.Terms.Count];
        double[] byDimension = spec.Loss.FreeBits is null ? [] : new double[spec.Latent.Dim];
        InBatches(data.Count, (start, count) =>
        {
            Tensor batch = data.Range(start, count, noise);
            Tensor? label = network.Label(data.LabelRange(start, count));
            DiagonalGaussian posterior = network.Encode(batch, label);
            Tensor codes = posterior.Sample(network.Draw(count, noise));
            reconstruction += (double)count * Read(objective.ReconstructionFrom(codes, batch, label));
            kl += (double)count * Read(GaussianKl.Forward(posterior));
            if (byDimension.Length > 0)
                AddTo(byDimension, TensorArrays.ToDoubles(GaussianKl.ByDimension(posterior)), count);
            if (terms.Length > 0)
                AddTo(terms, [.. objective.Terms(new CodeBatch(posterior, codes, data.Count, noise)).Select(Read)], count);
            if (fromMean)
                meanReconstruction += (double)count * Read(objective.ReconstructionFrom(posterior.Mean, batch, label));
        });
        kl /= data.Count;

        // The bits are free of the split's mean, not of each batch's.
        double floored = spec.Loss.FreeBits is double floor ? byDimension.Sum(sum => Math.Max(sum / data.Count, floor)) : kl;
        var parts = new LossParts(reconstruction / data.Count, kl, floored, Array.ConvertAll(terms, sum => sum / data.Count));
        return new SplitLosses(parts, fromMean ? meanReconstruction / data.Count : null);
    }

    /// <summary>
    /// The mean over a split of log 1/K Σₖ p(x|zₖ) p(zₖ) / q(zₖ|x), zₖ drawn from q(z|x), in nats: an estimate of log p(x) from below that becomes exact
    /// with K (Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519, equation 8).
    /// </summary>
    public double LogLikelihood(ExampleTensor data, int samples)
    {
        using Generator noise = streams.For(RandomStreams.Purpose.ImportanceSamples);
        double sum = 0;
        InBatches(data.Count, (start, count) =>
        {
            Tensor batch = data.Range(start, count, noise);
            Tensor? label = network.Label(data.LabelRange(start, count));
            DiagonalGaussian posterior = network.Encode(batch, label);
            Tensor halfLogDeterminant = posterior.LogVariance.sum(1) * 0.5;

            // One sample of the whole batch at a time: all at once would take K times the memory.
            Tensor total = full([count], double.NegativeInfinity, ScalarType.Float64, network.Device);
            for (int k = 0; k < samples; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                Tensor epsilon = network.Draw(count, noise);
                Tensor codes = posterior.Sample(epsilon);

                // log p(z) − log q(z|x): the constants ½ log 2π cancel.
                Tensor ratio = ((epsilon.square() - codes.square()).sum(1) * 0.5) + halfLogDeterminant;
                Tensor weight = (ratio - objective.NegativeLogLikelihood(codes, batch, label)).to_type(ScalarType.Float64);
                total = logaddexp(total, weight).MoveToOuterDisposeScope();
            }

            sum += Read((total - Math.Log(samples)).sum());
        });
        return sum / data.Count;
    }

    /// <summary>The answer to a request.</summary>
    public Evaluation Answer(EvaluationRequest request, DataSet data) => new(request, request switch
    {
        EvaluationRequest.Codes codes => Codes(Split(data, codes.Split)!, codes.Limit),
        EvaluationRequest.Reconstructions asked => Reconstructions(Split(data, asked.Split)!, asked.Count),
        EvaluationRequest.WorstReconstructions asked => new ReconstructionQuestions(this).Worst(Split(data, asked.Split)!, asked.Count),
        EvaluationRequest.Ranges asked => new ReconstructionQuestions(this).Ranges(Split(data, asked.Split)!, asked.Limit),
        EvaluationRequest.PriorSamples samples => Decoded(PriorCodes(samples.Count), spec.Condition is null ? null : ConditionLabels.InTurn(samples.Count, spec.Condition)),
        EvaluationRequest.LabelSamples samples => OfEachLabel(PriorCodes(samples.Each), samples.Each, spec.Condition!),
        EvaluationRequest.Manifold manifold => Decoded(Grid(manifold), Same(manifold.Label, manifold.Steps * manifold.Steps)),
        EvaluationRequest.LatentStatistics asked => new LatentQuestions(spec, this).Statistics(Split(data, asked.Split)!),
        EvaluationRequest.Traversal asked => new LatentQuestions(spec, this).Traversal(asked, Split(data, asked.Split)!),
        EvaluationRequest.Interpolations asked => new LatentQuestions(spec, this).Interpolations(asked, Split(data, asked.Split)!),
        EvaluationRequest.Windows asked => Windows(Split(data, asked.Split)!, asked.Count),
        EvaluationRequest.Probe asked => Probe(data.Train, asked.Count),
        _ => throw new NotSupportedException($"{request} is unknown"),
    });

    /// <summary>Refuses requests for a split that is not there, or for labels that the model does not know, before any work is done.</summary>
    /// <exception cref="VaeException">VAE4005, VAE4031, VAE4032.</exception>
    public static void Check(IEnumerable<EvaluationRequest> requests, Spec spec, DataSet data)
    {
        foreach (EvaluationRequest request in requests)
        {
            CheckLabel(request, spec);
            (string What, string Split)? asked = request switch
            {
                EvaluationRequest.Codes codes => ("codes", codes.Split),
                EvaluationRequest.Reconstructions reconstructions => ("reconstructions", reconstructions.Split),
                EvaluationRequest.WorstReconstructions worst => ("the worst reconstructions", worst.Split),
                EvaluationRequest.Ranges ranges => ("ranges", ranges.Split),
                EvaluationRequest.LatentStatistics statistics => ("statistics of the latent dimensions", statistics.Split),
                EvaluationRequest.Traversal traversal => ("traversals", traversal.Split),
                EvaluationRequest.Interpolations interpolations => ("interpolations", interpolations.Split),
                EvaluationRequest.Windows windows => ("windows", windows.Split),
                _ => null,
            };
            if (asked is not (string what, string name))
                continue;
            if (Split(data, name) is not { } split)
            {
                throw new VaeException(DiagnosticTable.Training.NoSplit.At(
                    null, $"{what} of the {name} split are asked for, but the data has no such split. Hold one out with 'data.{name}', or ask for another split."));
            }

            if (request is EvaluationRequest.Traversal { Example: int example } && example >= split.Count)
            {
                throw new VaeException(DiagnosticTable.Training.NoExample.At(null, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the plot 'traversal' starts from example {example + 1} of the {name} split, but that has {split.Count}. Ask for one of 1 to {split.Count}.")));
            }
        }
    }

    private static void CheckLabel(EvaluationRequest request, Spec spec)
    {
        (string What, int? Label)? asked = request switch
        {
            EvaluationRequest.LabelSamples => ("samples of each label", null),
            EvaluationRequest.Manifold { Label: int label } => ("manifolds", label),
            EvaluationRequest.Traversal { Label: int label } => ("traversals", label),
            _ => null,
        };
        if (asked is not (string what, var told))
            return;
        if (spec.Condition is not { } condition)
            throw new VaeException(DiagnosticTable.Training.NoCondition.At(null, $"{what} are asked for with a label, but '{spec.Name}' has no condition."));
        if (told is int known)
            ConditionLabels.Check([known], condition, what);
    }

    /// <summary>The split of that name, or <c>null</c>.</summary>
    public static Examples? Split(DataSet data, string name) => name switch
    {
        "train" => data.Train,
        "validation" => data.Validation,
        "test" => data.Test,
        _ => null,
    };

    /// <summary>Posterior means and log-variances, <c>[n, z]</c> each, of values <c>[n, …shape]</c> with their labels <c>[n]</c> where the encoder joins them.</summary>
    public Posterior Encode(float[] values, int[]? labels)
    {
        int size = (int)spec.Data.Shape.Size, dimensions = spec.Latent.Dim, examples = values.Length / size;
        float[] means = new float[examples * dimensions], logVariances = new float[examples * dimensions];
        InBatches(examples, (start, count) =>
        {
            Tensor batch = tensor(values.AsMemory(start * size, count * size), [count, .. spec.Data.Shape.Select(axis => (long)axis)]);
            DiagonalGaussian posterior = network.Encode(Taken(batch), Label(labels, start, count));
            TensorArrays.ToFloats(posterior.Mean).CopyTo(means, start * dimensions);
            TensorArrays.ToFloats(posterior.LogVariance).CopyTo(logVariances, start * dimensions);
        });
        return new Posterior(means, logVariances);
    }

    /// <summary>The posterior of some examples of a split.</summary>
    public Posterior Encode(Examples examples, int[] places) => Encode(Values(examples, places), Conditions(examples, places));

    /// <summary>What codes <c>[n, z]</c> stand for, <c>[n, …shape]</c>, in the data's own values; with their labels <c>[n]</c> where the decoder joins them.</summary>
    public float[] Decode(float[] codes, int[]? labels)
    {
        int size = (int)spec.Data.Shape.Size, dimensions = spec.Latent.Dim, examples = codes.Length / dimensions;
        float[] decoded = new float[examples * size];
        InBatches(examples, (start, count) =>
        {
            Tensor batch = tensor(codes.AsMemory(start * dimensions, count * dimensions), [count, dimensions]);
            TensorArrays.ToFloats(objective.Values(Taken(batch), Label(labels, start, count))).CopyTo(decoded, start * size);
        });
        return decoded;
    }

    /// <summary>Draws from the prior, <c>[n, z]</c>.</summary>
    public float[] PriorCodes(int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator noise = streams.For(RandomStreams.Purpose.PriorSamples);
        return TensorArrays.ToFloats(network.Draw(count, noise));
    }

    private NamedArray[] Codes(Examples examples, int limit)
    {
        int[] chosen = [.. Enumerable.Range(0, Math.Min(limit, examples.Count))];
        (float[] means, float[] logVariances) = Encode(examples, chosen);
        Shape shape = [chosen.Length, spec.Latent.Dim];
        return [new("mu", shape, means), new("logvar", shape, logVariances), .. Labels(examples, chosen)];
    }

    private NamedArray[] Reconstructions(Examples examples, int count)
    {
        int[] chosen = spec.Data.Window is null || examples.Labels is not null ? OneOfEachLabelInTurn(examples, count) : Spread(examples, Math.Min(count, examples.Count));
        float[] originals = Values(examples, chosen);
        int[]? labels = Conditions(examples, chosen);
        Shape shape = [chosen.Length, .. spec.Data.Shape];
        return [new("original", shape, originals), new("decoded", shape, Decode(Encode(originals, labels).Means, labels)), .. Labels(examples, chosen)];
    }

    /// <summary>Places with equal distances, the first and the last among them.</summary>
    internal static int[] Spread(Examples examples, int count) =>
        count == 1 ? [0] : [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (examples.Count - 1) / (count - 1)))];

    private NamedArray[] Windows(Examples examples, int count)
    {
        int[] chosen = Spread(examples, Math.Min(count, examples.Count));
        float[] originals = Values(examples, chosen);
        int[]? labels = Conditions(examples, chosen);
        Shape shape = [chosen.Length, .. spec.Data.Shape];
        return
        [
            new("original", shape, originals),
            new("decoded", shape, Decode(Encode(originals, labels).Means, labels)),
            new("index", [chosen.Length], Array.ConvertAll(chosen, place => (float)place)),
            new("count", [1], [examples.Count]),
        ];
    }

    private NamedArray[] Probe(Examples examples, int count)
    {
        int[] chosen = Spread(examples, Math.Min(count, examples.Count));
        float[] values = Values(examples, chosen), codes = PriorCodes(chosen.Length), decoded;
        int[]? labels = Conditions(examples, chosen);
        Posterior posterior;
        if (network.Device.type == DeviceType.CPU)
        {
            (posterior, decoded) = (Encode(values, labels), Decode(codes, labels));
        }
        else
        {
            // A graphics card rounds to 10 bits within its convolutions, which would look like a fault of what is compared.
            using var model = VaeModel.Load(spec, network.Export());
            (posterior, decoded) = (model.Encode(values, labels), model.Decode(codes, labels));
        }

        Shape data = [chosen.Length, .. spec.Data.Shape], code = [chosen.Length, spec.Latent.Dim];
        return
        [
            new("x", data, values),
            new("mu", code, posterior.Means),
            new("logvar", code, posterior.LogVariances),
            new("z", code, codes),
            new("decoded", data, decoded),
            .. labels is null ? (NamedArray[])[] : [new("labels", [chosen.Length], Array.ConvertAll(labels, label => (float)label))],
        ];
    }

    /// <summary>Codes <c>z</c>, what they stand for, <c>decoded</c>, and the <c>labels</c> that they were decoded with, where the model has a condition.</summary>
    public NamedArray[] Decoded(float[] codes, int[]? labels)
    {
        int count = codes.Length / spec.Latent.Dim;
        return
        [
            new("z", [count, spec.Latent.Dim], codes),
            new("decoded", [count, .. spec.Data.Shape], Decode(codes, labels)),
            .. labels is null ? (NamedArray[])[] : [new("labels", [count], Array.ConvertAll(labels, label => (float)label))],
        ];
    }

    /// <summary>The same codes with every label, label by label.</summary>
    private NamedArray[] OfEachLabel(float[] codes, int each, ConditionSpec condition) => Decoded(
        [.. Enumerable.Repeat(codes, condition.Classes).SelectMany(same => same)],
        [.. Enumerable.Range(0, condition.Classes).SelectMany(label => Enumerable.Repeat(label, each))]);

    /// <summary>One label for all; <c>null</c> for a model without a condition.</summary>
    public int[]? Same(int? label, int count) => spec.Condition is null ? null : [.. Enumerable.Repeat(label ?? 0, count)];

    /// <summary>The labels that the networks are told; <c>null</c> for a model without a condition.</summary>
    public int[]? Conditions(Examples examples, int[] places) => spec.Condition is null ? null : [.. places.Select(place => examples.Labels![place])];

    private Tensor? Label(int[]? labels, int start, int count) =>
        labels is null ? null : network.Label(ConditionLabels.ToTensor(labels.AsSpan(start, count), network.Device));

    /// <summary>The codes of a grid: the first coordinate grows to the right, the second to the top.</summary>
    private float[] Grid(EvaluationRequest.Manifold manifold)
    {
        int steps = manifold.Steps, dimensions = spec.Latent.Dim;
        float[] quantiles = NormalQuantiles(steps, manifold.Low);
        float[] codes = new float[steps * steps * dimensions];
        for (int row = 0; row < steps; row++)
        {
            for (int column = 0; column < steps; column++)
            {
                Span<float> code = codes.AsSpan(((row * steps) + column) * dimensions, dimensions);
                code[0] = quantiles[column];
                if (dimensions > 1)
                    code[1] = quantiles[steps - 1 - row];
            }
        }

        return codes;
    }

    /// <summary>Φ⁻¹(p) = √2 erf⁻¹(2p − 1) of equally spaced probabilities from <paramref name="low"/> to 1 − <paramref name="low"/>.</summary>
    private static float[] NormalQuantiles(int steps, double low)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor probabilities = linspace(low, 1 - low, steps, float64);
        return TensorArrays.ToFloats((((2 * probabilities) - 1).erfinv() * Math.Sqrt(2)).to(float32));
    }

    /// <summary>The first examples; where there are labels, the first of each label, then the second of each, and so on.</summary>
    internal static int[] OneOfEachLabelInTurn(Examples examples, int count)
    {
        IEnumerable<int> places = Enumerable.Range(0, examples.Count);
        if (examples.Labels is { } labels)
        {
            places = places.GroupBy(place => labels[place])
                .SelectMany(sameLabel => sameLabel.Select((place, turn) => (place, turn)))
                .OrderBy(example => example.turn)
                .ThenBy(example => labels[example.place])
                .Select(example => example.place);
        }

        return [.. places.Take(count)];
    }

    /// <summary>The values of some examples, one after another.</summary>
    internal static float[] Values(Examples examples, int[] places)
    {
        int size = (int)examples.Shape.Size;
        float[] values = new float[places.Length * size];
        for (int i = 0; i < places.Length; i++)
            examples.CopyExample(places[i], values.AsSpan(i * size, size));
        return values;
    }

    /// <summary>The labels of some examples; nothing where there are none.</summary>
    internal static NamedArray[] Labels(Examples examples, int[] places) => examples.Labels is { } labels
        ? [new("labels", [places.Length], [.. places.Select(place => (float)labels[place])])]
        : [];

    /// <summary>A batch of 32-bit floats where and as the network computes.</summary>
    private Tensor Taken(Tensor batch)
    {
        Tensor there = batch.to(network.Device);
        return network.Type == float32 ? there : there.to(network.Type);
    }

    private static double Read(Tensor scalar) => scalar.dtype == float64 ? scalar.item<double>() : scalar.item<float>();

    private static void AddTo(double[] sums, double[] values, int count)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += values[i] * count;
    }

    private void InBatches(int total, Action<int, int> work)
    {
        network.eval();
        using IDisposable frozen = no_grad();
        for (int start = 0; start < total; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            work(start, Math.Min(BatchSize, total - start));
        }
    }
}
