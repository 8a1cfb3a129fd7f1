using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using Vae.Torch.Schedules;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>One training from end to end, on the thread that it has for itself: set up, epochs, evaluation.</summary>
internal sealed class TrainingRun(Spec spec, DataSet data, TrainOptions options)
{
    private readonly string[] columns =
    [
        "epoch",
        .. Columns("train", spec.Loss),
        .. data.Validation is null ? [] : Columns("validation", spec.Loss),
        "kl.weight",
        .. spec.Loss.Capacity is null ? (string[])[] : ["kl.capacity"],
        "lr",
        .. spec.Loss.LearnsSigma ? (string[])[MetricNames.Sigma, MetricNames.Beta] : [],
    ];

    // The last whole epoch, which is saved where the training is cancelled.
    private Checkpoint? unsaved;

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
        catch (OperationCanceledException)
        {
            if (unsaved is not null)
                options.SaveCheckpoint!(unsaved);
            throw;
        }
        catch (ExternalException failure)
        {
            throw new VaeException(
                DiagnosticTable.Training.Library.At(null, $"the tensor library failed while training '{spec.Name}': {failure.Message}"), failure);
        }
    }

    private TrainingResult Run(Device device, TorchRuntimeInfo runtime)
    {
        string deviceName = device.type == DeviceType.CPU ? "cpu" : "cuda";
        IReadOnlyDictionary<string, string> inputs = CheckpointInputs.Of(spec, data, deviceName, get_num_threads(), runtime.LibTorchVersion);
        if (options.ResumeFrom is { } earlier)
            CheckpointInputs.Check(earlier.Inputs, inputs);
        using RandomStreams streams = new(spec.Train.Seed, device);
        using VaeNetwork network = new(spec, streams, device);
        Objective objective = new(spec, network);
        Evaluator evaluator = new(spec, network, objective, streams, options.Cancellation);

        List<double[]> rows = [];
        List<double> seconds = [];
        List<EpochHealth> health = [];
        (int final, long steps) = Train(network, objective, evaluator, streams, inputs, rows, seconds, health);

        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach ((string column, double value) in columns.Zip(rows[final]))
        {
            if (MetricNames.All.Contains(column))
                metrics.Add(column, value);
        }

        if (data.Test is not null)
            AddTestMetrics(metrics, evaluator, network, final + 1);
        return new TrainingResult
        {
            TrainerVersion = Trainer.SemanticVersion,
            Spec = spec,
            Weights = network.Export(),
            Curve = new Curve(columns, rows),
            Steps = steps,
            Health = health,
            Metrics = metrics,
            Evaluations = [.. options.Requests.Distinct().Select(request => evaluator.Answer(request, data))],
            Data = data.Files,
            Units = data.Units,
            Run = new RunFacts(seconds.Sum(), seconds, get_num_threads(), deviceName, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["libtorch"] = runtime.LibTorchVersion,
                ["torchsharp"] = runtime.TorchSharpVersion,
            }),
        };
    }

    /// <summary>Runs the epochs.</summary>
    /// <returns>The row that belongs to the weights at the end, and how many steps were made.</returns>
    private (int Final, long Steps) Train(VaeNetwork network, Objective objective, Evaluator evaluator, RandomStreams streams, IReadOnlyDictionary<string, string> inputs, List<double[]> rows, List<double> seconds, List<EpochHealth> health)
    {
        using ExampleTensor examples = OnDevice(data.Train, network);
        using ExampleTensor? validation = data.Validation is null ? null : OnDevice(data.Validation, network);
        CheckRange(objective, examples);
        using TrainingLoop loop = new(spec, options, network, objective, streams, examples);
        using EarlyStop? stop = spec.Train.Stop is null ? null : new(spec.Train.Stop);
        using TrainingState state = new(network, loop, streams, stop, rows, seconds, health);
        CheckpointKeeper keeper = new(state, inputs, options);
        bool isOver = options.ResumeFrom is { } earlier && state.Restore(earlier, columns.Length);
        try
        {
            for (int epoch = rows.Count; epoch < loop.Plan.Epochs && !isOver; epoch++)
            {
                isOver = Epoch(epoch);
                keeper.EndOfEpoch(epoch + 1, isOver);
            }
        }
        catch (OperationCanceledException)
        {
            unsaved = keeper.Unsaved();
            throw;
        }

        // The evaluation may be cancelled too.
        unsaved = keeper.Unsaved();
        loop.Average?.Exchange();
        return (stop?.Finish(network) ?? rows.Count - 1, Enumerable.Range(0, rows.Count).Sum(epoch => (long)loop.Plan.StepsOf(epoch)));

        bool Epoch(int epoch)
        {
            long begun = Stopwatch.GetTimestamp();
            EpochLosses trained = loop.Epoch(epoch);
            Coefficients coefficients = loop.LastCoefficients(epoch);
            loop.Average?.Exchange();
            SplitLosses? held = validation is null ? null : evaluator.Losses(validation, RandomStreams.Purpose.Validation, fromMean: false);
            if (held is { IsFinite: false })
                throw Divergence.InSplit(spec, "validation", epoch + 1, held, trained.Parts.Reconstruction, trained.Parts.Kl);
            double? heldLoss = held is null ? null : loop.Formula.Total(held.Parts, coefficients);
            double[] ofSigma = network.Sigma is double sigma ? [sigma, 2 * sigma * sigma * coefficients.KlWeight] : [];
            double[] row =
            [
                epoch + 1,
                .. Row(trained.Loss, trained.Parts),
                .. held is null ? [] : Row(heldLoss!.Value, held.Parts),
                coefficients.KlWeight,
                .. spec.Loss.Capacity is null ? (double[])[] : [coefficients.Capacity],
                loop.LastRate(epoch),
                .. ofSigma,
            ];
            rows.Add(row);
            health.Add(loop.Health(epoch));
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            loop.ReportEpoch(epoch, trained, heldLoss);

            double Watched(string column) => column switch
            {
                // With the coefficients that hold in the end, or a falling β would look like progress.
                "train.loss" => loop.Formula.Total(trained.Parts, loop.Formula.Final),
                "validation.loss" => loop.Formula.Total(held!.Parts, loop.Formula.Final),
                _ => row[Array.IndexOf(columns, column)],
            };

            if (loop.Schedule is IAdaptiveSchedule adaptive)
                adaptive.Observe(epoch, Watched(adaptive.Watched));
            bool isDue = stop is not null && stop.IsDue(Watched(spec.Train.Stop!.On), epoch, network);
            loop.Average?.Exchange();
            return isDue;
        }
    }

    private static string[] Columns(string split, LossSpec loss) =>
        [$"{split}.loss", $"{split}.reconstruction", $"{split}.kl", .. loss.Terms.Select(term => $"{split}.{term.Kind}")];

    private static double[] Row(double loss, LossParts parts) => [loss, parts.Reconstruction, parts.Kl, .. parts.Terms];

    private ExampleTensor OnDevice(Examples split, VaeNetwork network) => new(split, spec.Data.Binarize == Binarization.Dynamic, network.Type, network.Device, withLabels: spec.Condition is not null);

    private void AddTestMetrics(Dictionary<string, double> metrics, Evaluator evaluator, VaeNetwork network, int epoch)
    {
        using ExampleTensor test = OnDevice(data.Test!, network);
        SplitLosses losses = evaluator.Losses(test, RandomStreams.Purpose.Test, fromMean: true);
        if (!losses.IsFinite)
            throw Divergence.InSplit(spec, "test", epoch, losses, metrics["train.reconstruction"], metrics["train.kl"]);
        var formula = new LossFormula(spec.Loss, 1);
        metrics.Add("test.loss", formula.Total(losses.Parts, formula.Final));
        metrics.Add("test.reconstruction", losses.Parts.Reconstruction);
        metrics.Add("test.reconstruction-mu", losses.MeanReconstruction!.Value);
        metrics.Add("test.kl", losses.Parts.Kl);
        foreach ((Component term, double value) in spec.Loss.Terms.Zip(losses.Parts.Terms))
            metrics.Add("test." + term.Kind, value);
        if (spec.Artifacts.LogLikelihood is int samples)
            metrics.Add(MetricNames.LogLikelihood, evaluator.LogLikelihood(test, samples));
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
        CheckWatched("train.stop", spec.Train.Stop?.On);
        CheckWatched("train.schedule", (LearningRateSchedules.Create(spec.Train.Schedule) as IAdaptiveSchedule)?.Watched);
    }

    private void CheckWatched(string key, string? column)
    {
        if (column is not null && (!columns.Contains(column) || column == "epoch"))
        {
            throw new VaeException(DiagnosticTable.Training.StopColumn.At(
                null, $"{key} watches '{column}', but the loss curve has only {string.Join(", ", columns.Skip(1))}. Hold out 'data.validation' for the columns of the validation split."));
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
