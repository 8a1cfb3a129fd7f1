using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>One training from end to end, on the thread that it has for itself: set up, epochs, evaluation.</summary>
internal sealed class TrainingRun(Spec spec, DataSet data, TrainOptions options)
{
    private readonly string[] columns =
    [
        "epoch",
        "train.loss", "train.reconstruction", "train.kl",
        .. data.Validation is null ? (string[])[] : ["validation.loss", "validation.reconstruction", "validation.kl"],
        "kl.weight",
        "lr",
    ];

    /// <summary>Does all of it.</summary>
    public TrainingResult Run()
    {
        CheckInput();
        TorchRuntimeInfo runtime = TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = spec.Train.Threads ?? options.Threads });
        Device device = Devices.Choose(options.Device ?? spec.Train.Device, runtime);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            return Run(device, runtime);
        }
        catch (ExternalException failure)
        {
            throw new VaeException(
                DiagnosticTable.Training.Library.At(null, $"the tensor library failed while training '{spec.Name}': {failure.Message}"), failure);
        }
    }

    private TrainingResult Run(Device device, TorchRuntimeInfo runtime)
    {
        using RandomStreams streams = new(spec.Train.Seed, device);
        using VaeNetwork network = new(spec, streams, device);
        Objective objective = new(spec, network);
        Evaluator evaluator = new(spec, network, objective, streams, options.Cancellation);

        List<double[]> rows = [];
        List<double> seconds = [];
        int final = Train(network, objective, evaluator, streams, rows, seconds);

        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach ((string column, double value) in columns.Zip(rows[final]))
        {
            if (column.StartsWith("train.", StringComparison.Ordinal) || column.StartsWith("validation.", StringComparison.Ordinal))
                metrics.Add(column, value);
        }

        if (data.Test is not null)
            AddTestMetrics(metrics, evaluator, device, final + 1);
        return new TrainingResult
        {
            TrainerVersion = Trainer.SemanticVersion,
            Spec = spec,
            Weights = network.Export(),
            Curve = new Curve(columns, rows),
            Metrics = metrics,
            Evaluations = [.. options.Requests.Distinct().Select(request => evaluator.Answer(request, data))],
            Data = data.Files,
            Units = data.Units,
            Run = new RunFacts(seconds.Sum(), seconds, get_num_threads(), device.type == DeviceType.CPU ? "cpu" : "cuda", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["libtorch"] = runtime.LibTorchVersion,
                ["torchsharp"] = runtime.TorchSharpVersion,
            }),
        };
    }

    /// <summary>Runs the epochs.</summary>
    /// <returns>The row that belongs to the weights at the end.</returns>
    private int Train(VaeNetwork network, Objective objective, Evaluator evaluator, RandomStreams streams, List<double[]> rows, List<double> seconds)
    {
        using ExampleTensor examples = OnDevice(data.Train, network.Device);
        using ExampleTensor? validation = data.Validation is null ? null : OnDevice(data.Validation, network.Device);
        CheckRange(objective, examples);
        using TrainingLoop loop = new(spec, options, network, objective, streams, examples);
        using EarlyStop? stop = spec.Train.Stop is null ? null : new(spec.Train.Stop);
        for (int epoch = 0; epoch < loop.Plan.Epochs; epoch++)
        {
            long begun = Stopwatch.GetTimestamp();
            EpochLosses trained = loop.Epoch(epoch);
            double weight = loop.LastWeight(epoch);
            SplitLosses? held = validation is null ? null : evaluator.Losses(validation, RandomStreams.Purpose.Validation, fromMean: false);
            if (held is { IsFinite: false })
                throw Divergence.InSplit(spec, "validation", epoch + 1, held, trained);
            rows.Add(
            [
                epoch + 1,
                trained.Loss, trained.Reconstruction, trained.Kl,
                .. held is null ? (double[])[] : [held.Loss(weight), held.Reconstruction, held.Kl],
                weight,
                loop.Rate(epoch),
            ]);
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            loop.ReportEpoch(epoch, trained, held?.Loss(weight));
            if (stop is not null && stop.IsDue(Watched(rows[^1], loop.Weight.Final), epoch, network))
                break;
        }

        return stop?.Finish(network) ?? rows.Count - 1;
    }

    /// <summary>What early stopping compares: losses with the weight that holds in the end, or a falling β would look like progress.</summary>
    private double Watched(double[] row, double finalWeight)
    {
        string watched = spec.Train.Stop!.On;
        double Value(string column) => row[Array.IndexOf(columns, column)];
        return watched is "train.loss" or "validation.loss"
            ? Value(watched.Replace(".loss", ".reconstruction", StringComparison.Ordinal)) + (finalWeight * Value(watched.Replace(".loss", ".kl", StringComparison.Ordinal)))
            : Value(watched);
    }

    private ExampleTensor OnDevice(Examples split, Device device) => new(split, spec.Data.Binarize == Binarization.Dynamic, device, withLabels: spec.Condition is not null);

    private void AddTestMetrics(Dictionary<string, double> metrics, Evaluator evaluator, Device device, int epoch)
    {
        using ExampleTensor test = OnDevice(data.Test!, device);
        SplitLosses losses = evaluator.Losses(test, RandomStreams.Purpose.Test, fromMean: true);
        if (!losses.IsFinite)
            throw Divergence.InSplit(spec, "test", epoch, losses, new EpochLosses(metrics["train.loss"], metrics["train.reconstruction"], metrics["train.kl"]));
        metrics.Add("test.loss", losses.Loss(spec.Loss.KlWeight.Final));
        metrics.Add("test.reconstruction", losses.Reconstruction);
        metrics.Add("test.reconstruction-mu", losses.MeanReconstruction!.Value);
        metrics.Add("test.kl", losses.Kl);
    }

    private void CheckInput()
    {
        Evaluator.Check(options.Requests, spec, data);
        CheckBatchNorm();
        EmbeddingInput.Check(spec, data);
        foreach (Examples? split in new[] { data.Train, data.Validation, data.Test })
        {
            if (split is not null && split.Shape != spec.Data.Shape)
            {
                throw new VaeException(DiagnosticTable.Training.DataShape.At(
                    null, $"the data's examples have the shape {split.Shape}, but data.shape of '{spec.Name}' is {spec.Data.Shape}. Load the data with the spec that is trained."));
            }
        }

        CheckLabels();
        if (spec.Train.Stop is { } stop && (!columns.Contains(stop.On) || stop.On == "epoch"))
        {
            throw new VaeException(DiagnosticTable.Training.StopColumn.At(
                null, $"train.stop watches '{stop.On}', but the loss curve has only {string.Join(", ", columns.Skip(1))}. Hold out 'data.validation' for the columns of the validation split."));
        }
    }

    private void CheckLabels()
    {
        if (spec.Condition is not { } condition)
            return;
        foreach ((string name, Examples? split) in new[] { ("training", data.Train), ("validation", data.Validation), ("test", data.Test) })
        {
            if (split is { Labels: null })
            {
                throw new VaeException(DiagnosticTable.Training.LabelsMissing.At(
                    null, $"'condition' needs the label of each example, but the {name} set of {data.Name} has none. Name them with 'data.labels', or put each class of images into a folder of its own."));
            }

            if (split is not null)
                ConditionLabels.Check(split.Labels!, condition, $"the {name} set of {data.Name}");
        }
    }

    /// <summary>Over one number the variance is 0 and the unbiased one NaN: the running statistics would be ruined at the first step.</summary>
    private void CheckBatchNorm()
    {
        if (spec.Train.Batch > 1 && data.Train.Count > 1)
            return;
        if (spec.Encoder.AllLayers.Concat(spec.Decoder.AllLayers).FirstOrDefault(layer => layer.Kind == "batchnorm" && layer.Input.Size == layer.Weights.First(weight => weight.Name == "running_mean").Shape.Size) is { } layer)
        {
            string why = data.Train.Count == 1 ? "the training set holds only one" : "'train.batch' is 1";
            throw new VaeException(DiagnosticTable.Training.SingleExample.At(
                layer.Origin, $"batchnorm cannot normalize {layer.Input} over a single example, and {why}. Use more examples a batch, or layernorm."));
        }
    }

    private void CheckRange(Objective objective, ExampleTensor examples)
    {
        bool binarize = spec.Data.Binarize == Binarization.Dynamic;
        if (!objective.Reconstruction.NeedsUnitInterval && !binarize)
            return;
        (float min, float max) = examples.Bounds();
        if (min < 0 || max > 1)
        {
            throw new VaeException(DiagnosticTable.Training.DataRange.At(null, string.Create(
                CultureInfo.InvariantCulture,
                $"{(binarize ? "'data.binarize: dynamic'" : spec.Loss.Reconstruction.Kind)} needs data in 0..1, but the training set runs from {min:G6} to {max:G6}. Use 'data.scale: unit', or another reconstruction loss.")));
        }
    }
}
