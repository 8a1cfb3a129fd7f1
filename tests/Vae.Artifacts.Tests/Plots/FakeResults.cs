using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Plots;

/// <summary>Results as a training would leave them, computed by formulas: the same every time, without a model.</summary>
internal static class FakeResults
{
    public static TrainingResult Mnist(int epochs = 100, bool validation = false, int latent = 2, string name = "mnist-mlp", params Component[] plots) =>
        Of(Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, latent, name, plots: plots), epochs, validation);

    public static Spec Spec(
        DataSpec data, int latent = 2, string name = "mnist-mlp", Component? reconstruction = null, WeightSpec? weight = null, params Component[] plots)
    {
        int features = (int)data.Shape.Size;
        Network encoder = Chain(data.Shape, Linear([features], 128), Activation("relu", [128]));
        Network decoder = Chain([latent], Linear([latent], 128), Activation("relu", [128]), Linear([128], features), Activation("sigmoid", [features]));
        return new Spec
        {
            Name = name,
            Data = data,
            Encoder = encoder,
            Latent = new LatentSpec(latent),
            Decoder = decoder,
            Loss = new LossSpec(reconstruction ?? Loss("mse", ("reduce", "mean")), weight ?? new WeightSpec.Constant(0.001)),
            Train = new TrainSpec { Length = 100, Optimizer = new Component("adam", Arguments.None), LearningRate = 2e-3 },
            Artifacts = new ArtifactsSpec { Plots = ValueList.From(plots) },
            Checks = new ChecksSpec { Metrics = [new MetricCheck("test.reconstruction", Max: 0.044)] },
        };
    }

    public static Component Loss(string kind, params (string Name, object Value)[] arguments) =>
        new(kind, new Arguments(arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))));

    /// <summary>A plot with its row's defaults, but for what is given.</summary>
    public static Component Plot(string kind, params (string Name, object Value)[] arguments)
    {
        Arguments all = new(PlotCatalogue.Rows.Get(kind).Arguments
            .Where(argument => argument.Default is not null)
            .Select(argument => KeyValuePair.Create(argument.Name, argument.Default!)));
        foreach ((string name, object value) in arguments)
            all = all.With(name, value);
        return new Component(kind, all);
    }

    public static TrainingResult Of(Spec spec, int epochs = 100, bool validation = false, int examples = 10_000, int classes = 10)
    {
        return new TrainingResult
        {
            Spec = spec,
            Weights = [.. Weights(spec)],
            Curve = Curve(spec, epochs, validation),
            Health = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochHealth(epoch, 2 + (3.0 / epoch), 4 + (9.0 / epoch), 2e-3, -1 - (4.0 * epoch / epochs), 0.5 - (1.5 * epoch / epochs)))],
            Metrics = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["train.loss"] = 0.0455,
                ["train.reconstruction"] = 0.0402,
                ["train.kl"] = 5.24,
                ["test.loss"] = 0.0467,
                ["test.reconstruction"] = 0.0415,
                ["test.reconstruction-mu"] = 0.0407,
                ["test.kl"] = 5.27,
            },
            Evaluations = [.. spec.Artifacts.Plots
                .SelectMany(plot => PlotTable.Get(plot.Kind).Requests(plot, spec))
                .Distinct()
                .Select(request => new Evaluation(request, [.. Answer(request, spec, examples, classes)]))],
            Data = [new DataFileDigest("train-images-idx3-ubyte.gz", new string('a', 64))],
            TrainerVersion = 1,
            Run = new RunFacts(66.1, [.. Enumerable.Repeat(0.66, epochs)], 2, "cpu", new Dictionary<string, string>(StringComparer.Ordinal)),
        };
    }

    private static Curve Curve(Spec spec, int epochs, bool validation)
    {
        string[] columns = ["epoch", "train.loss", "train.reconstruction", "train.kl", .. validation ? new[] { "validation.loss", "validation.reconstruction", "validation.kl" } : [], "kl.weight", "lr"];
        var rows = new List<double[]>();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            double weight = spec.Loss.KlWeight is WeightSpec.Ramp ramp ? ramp.At(epoch - 1) : spec.Loss.KlWeight.Final;
            double wobble = 0.0002 * Math.Sin(epoch * 12.9898);
            double reconstruction = 0.0392 + (0.019 / Math.Pow(epoch, 0.6)) + wobble;
            double kl = 5.4 - (1.7 / Math.Pow(epoch, 0.5));
            double[] train = [reconstruction + (weight * kl), reconstruction, kl];
            double[] held = [train[0] + 0.0011, train[1] + 0.0010, kl + 0.05];
            rows.Add([epoch, .. train, .. validation ? held : [], weight, 2e-3]);
        }

        return new Curve(columns, rows);
    }

    private static IEnumerable<NamedArray> Answer(EvaluationRequest request, Spec spec, int examples, int classes)
    {
        int latent = spec.Latent.Dim;
        Shape shape = spec.Data.Shape;
        switch (request)
        {
            case EvaluationRequest.Codes codes:
                int n = Math.Min(codes.Limit, examples);
                float[] labels = [.. Enumerable.Range(0, n).Select(i => (float)(i * 7 % classes))];
                yield return new NamedArray("mu", [n, latent], [.. Enumerable.Range(0, n * latent).Select(i => Code(i / latent, i % latent, labels[i / latent], classes))]);
                yield return new NamedArray("logvar", [n, latent], [.. Enumerable.Range(0, n * latent).Select(i => i % latent < 2 ? -4f + (i % latent) : -0.1f)]);
                yield return new NamedArray("labels", [n], labels);
                break;
            case EvaluationRequest.Reconstructions reconstructions:
                yield return Examples("original", reconstructions.Count, shape, i => (i * 0.61, 0));
                yield return Examples("decoded", reconstructions.Count, shape, i => (i * 0.61, 0.35));
                yield return new NamedArray("labels", [reconstructions.Count], [.. Enumerable.Range(0, reconstructions.Count).Select(i => (float)(i % classes))]);
                break;
            case EvaluationRequest.WorstReconstructions worst:
                yield return Examples("original", worst.Count, shape, i => (i * 0.4, 0));
                yield return Examples("decoded", worst.Count, shape, i => (i * 0.4, 0.9));
                yield return new NamedArray("error", [worst.Count], [.. Enumerable.Range(0, worst.Count).Select(i => 0.2f / (i + 1))]);
                yield return new NamedArray("index", [worst.Count], [.. Enumerable.Range(0, worst.Count).Select(i => (float)(i * 7))]);
                break;
            case EvaluationRequest.PriorSamples samples:
                yield return new NamedArray("z", [samples.Count, latent], new float[samples.Count * latent]);
                yield return Examples("decoded", samples.Count, shape, i => (i * 1.37, 0.3));
                break;
            case EvaluationRequest.LabelSamples samples:
                int all = spec.Condition!.Classes * samples.Each;
                yield return new NamedArray("z", [all, latent], new float[all * latent]);
                yield return Examples("decoded", all, shape, i => (i / samples.Each * 0.61, 0.2 + (i % samples.Each * 0.03)));
                yield return new NamedArray("labels", [all], [.. Enumerable.Range(0, all).Select(i => (float)(i / samples.Each))]);
                break;
            case EvaluationRequest.Manifold manifold:
                int steps = manifold.Steps;
                float[] quantiles = [.. Enumerable.Range(0, steps).Select(i => (float)Quantile(manifold.Low + (i * (1 - (2 * manifold.Low)) / (steps - 1))))];
                yield return new NamedArray("z", [steps * steps, latent], [.. Enumerable.Range(0, steps * steps * latent).Select(i => (i % latent) switch
                {
                    0 => quantiles[i / latent % steps],
                    1 => quantiles[steps - 1 - (i / latent / steps)],
                    _ => 0f,
                })]);
                yield return Examples("decoded", steps * steps, shape, i => ((quantiles[i % steps] * 0.8) + 1.5, 0.2 + (0.15 * quantiles[i / steps])));
                break;
            case EvaluationRequest.LatentStatistics:
                yield return new NamedArray("kl", [latent], Kl(latent));
                yield return new NamedArray("variance", [latent], [.. Kl(latent).Select(kl => kl < 0.02 ? 0.001f : 0.9f)]);
                yield return new NamedArray("count", [1], [examples]);
                break;
            case EvaluationRequest.Traversal traversal:
                int rows = Math.Min(traversal.Dimensions, latent);
                yield return new NamedArray("z", [rows * traversal.Steps, latent], new float[rows * traversal.Steps * latent]);
                yield return Examples("decoded", rows * traversal.Steps, shape, i => ((i / traversal.Steps * 0.7) + (0.2 * (i % traversal.Steps)), 0.3));
                yield return new NamedArray("dimensions", [rows], [.. Enumerable.Range(0, rows).Select(i => (float)(latent - 1 - i))]);
                yield return new NamedArray("kl", [rows], Kl(rows));
                yield return new NamedArray("start", [1, latent], [.. Enumerable.Range(0, latent).Select(i => (float)(4 * Math.Sin(i)))]);
                break;
            case EvaluationRequest.Interpolations interpolations:
                yield return Examples("original", 2 * interpolations.Count, shape, i => (i * 0.9, 0));
                yield return Examples("decoded", interpolations.Count * interpolations.Steps, shape, i => (i * 0.9 / interpolations.Steps, 0.3));
                break;
            case EvaluationRequest.Windows windows:
                yield return Examples("original", windows.Count, shape, i => (i * 0.61, 0));
                yield return Examples("decoded", windows.Count, shape, i => (i * 0.61, 0.35));
                yield return new NamedArray("index", [windows.Count], [.. Enumerable.Range(0, windows.Count).Select(i => i * 100f)]);
                yield return new NamedArray("count", [1], [examples]);
                break;
            default:
                throw new NotSupportedException(request.ToString());
        }
    }

    // Ever less, down to dimensions that say nothing.
    private static float[] Kl(int count) => [.. Enumerable.Range(0, count).Select(i => (float)(2.4 * Math.Exp(-0.35 * i)))];

    // Strokes that bend with the angle; soft where the blur is large.
    private static NamedArray Examples(string name, int count, Shape shape, Func<int, (double Angle, double Blur)> look)
    {
        int size = (int)shape.Size;
        float[] values = new float[count * size];
        (int height, int width, int channels) = shape.Rank switch
        {
            3 => (shape[1], shape[2], shape[0]),
            1 when Math.Sqrt(size) % 1 == 0 => ((int)Math.Sqrt(size), (int)Math.Sqrt(size), 1),
            _ => (1, size, 1),
        };
        for (int i = 0; i < values.Length; i++)
        {
            (double angle, double blur) = look(i / size);
            int channel = i % size / (height * width);
            double x = ((i % width) + 0.5) / width * 2 - 1;
            double y = height == 1 ? 0 : (((i / width % height) + 0.5) / height * 2) - 1;
            double u = (x * Math.Cos(angle)) + (y * Math.Sin(angle));
            double v = (y * Math.Cos(angle)) - (x * Math.Sin(angle));
            double distance = height == 1 ? Math.Abs(Math.Sin((3 * x) + angle + (blur / 2))) : Math.Max(Math.Abs(v - (0.5 * u * u * Math.Sin(2 * angle))) - 0.12, Math.Abs(u) - 0.75);
            double level = height == 1 ? distance : Math.Clamp(0.5 - (distance / (0.12 + blur)), 0, 1);
            values[i] = (float)(channels == 3 ? level * (channel == 0 ? 1 : channel == 1 ? 0.5 + (x / 2) : 0.5 - (y / 2)) : level);
        }

        return new NamedArray(name, [count, .. shape], values);
    }

    private static float Code(int example, int dimension, float label, int classes)
    {
        if (dimension > 1)
            return (float)(0.2 * Normal((example * 31) + dimension));
        double angle = 2 * Math.PI * label / classes;
        double centre = dimension == 0 ? 1.5 * Math.Cos(angle) : 1.25 * Math.Sin(angle);
        return (float)((centre * (0.4 + (0.6 * Hash(example * 3)))) + (0.32 * Normal((example * 2) + dimension)));
    }

    private static double Normal(int seed) =>
        Math.Sqrt(-2 * Math.Log(Math.Max(Hash(seed), 1e-9))) * Math.Cos(2 * Math.PI * Hash(seed + 77_777));

    private static double Hash(int value)
    {
        unchecked
        {
            uint x = (uint)value * 2654435761;
            x = (x ^ (x >> 15)) * 2246822519;
            x = (x ^ (x >> 13)) * 3266489917;
            return (x ^ (x >> 16)) / (double)uint.MaxValue;
        }
    }

    // Halving the interval on the distribution function is slow and certain.
    private static double Quantile(double probability)
    {
        (double low, double high) = (-6.0, 6.0);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            double sum = 0;
            for (int k = 0; k < 400; k++)
                sum += Math.Exp(-Math.Pow(-8 + ((middle + 8) * (k + 0.5) / 400), 2) / 2) * (middle + 8) / 400 / Math.Sqrt(2 * Math.PI);
            (low, high) = sum < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static IEnumerable<NamedArray> Weights(Spec spec)
    {
        foreach ((string part, Network network) in new[] { ("encoder", spec.Encoder), ("decoder", spec.Decoder) })
        {
            for (int i = 0; i < network.Layers.Count; i++)
            {
                foreach (WeightDefinition weight in network.Layers[i].Weights)
                    yield return new NamedArray($"{part}.{network.Key(i)}.{weight.Name}", weight.Shape, new float[weight.Shape.Size]);
            }
        }

        foreach (string head in new[] { "mu", "logvar" })
        {
            yield return new NamedArray($"latent.{head}.weight", [spec.Latent.Dim, 128], new float[spec.Latent.Dim * 128]);
            yield return new NamedArray($"latent.{head}.bias", [spec.Latent.Dim], new float[spec.Latent.Dim]);
        }
    }

    private static Network Chain(Shape input, params Layer[] layers) => new(ValueList.From(layers), input, layers[^1].Output);

    private static Layer Linear(Shape input, int output) => new("linear", new Arguments(
        [KeyValuePair.Create<string, object>("out", output), KeyValuePair.Create<string, object>("bias", true)]))
    { Input = input, Output = [output] };

    private static Layer Activation(string kind, Shape shape) => new(kind, Arguments.None) { Input = shape, Output = shape };

    /// <summary>A result in which a plot of that kind can be drawn.</summary>
    public static TrainingResult For(Component plot, int epochs = 100, bool validation = false) => plot.Kind == "series-reconstructions"
        ? Of(Spec(new DataSpec { Source = "csv", Path = "x", Shape = [24, 3], Columns = ["rpm", "temperature", "vibration"] }, latent: 4, plots: plot), epochs, validation)
        : Mnist(epochs, validation, plots: plot);
}
