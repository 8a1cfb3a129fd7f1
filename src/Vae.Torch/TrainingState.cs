using System.Globalization;
using TorchSharp;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Losses;
using Vae.Torch.Schedules;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A training after its last whole epoch. Within an epoch weights, optimizer, averages and generators move on, so they are copied at its
/// end; rows, schedule and early stopping change only there.
/// </summary>
internal sealed class TrainingState(VaeNetwork network, TrainingLoop loop, RandomStreams streams, EarlyStop? stop, List<double[]> rows, List<double> seconds, List<EpochHealth> health) : IDisposable
{
    private const string Model = "model.", Best = "best.", Optimizer = "optimizer.", Average = "average.";
    private const string TrainingStream = "generator.training", NoiseStream = "generator.noise", Opaque = "optimizer";
    private const string Rows = "curve", Seconds = "seconds", Health = "health", Progress = "progress", Schedule = "schedule", Stop = "stop", LastFinite = "last-finite";

    private const int HealthNumbers = 6;

    private readonly Dictionary<string, byte[]> bytes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> numbers = new(StringComparer.Ordinal);
    private IReadOnlyList<Tensor> weights = [];
    private IReadOnlyList<Tensor> optimizerState = [];
    private IReadOnlyList<Tensor> averages = [];
    private int epochs;

    /// <summary>Copies what the next epoch changes.</summary>
    /// <param name="isOver">Whether early stopping ends the training here.</param>
    public void Capture(bool isOver)
    {
        Dispose();
        epochs = rows.Count;
        weights = network.Snapshot();
        optimizerState = Copies(loop.Optimizer.State);
        averages = Copies(loop.Average?.Averages ?? []);
        bytes[TrainingStream] = StateOf(streams.Training);
        if (!ReferenceEquals(streams.Noise, streams.Training))
            bytes[NoiseStream] = StateOf(streams.Noise);
        bytes[Opaque] = loop.Optimizer.Opaque;
        numbers[Progress] = [epochs, isOver ? 1 : 0, loop.Average?.Updates ?? 0];
        if (loop.LastFinite is { } last)
            numbers[LastFinite] = [last.Epoch, last.Step, last.Parts.Reconstruction, last.Parts.Kl, last.Parts.FlooredKl, .. last.Parts.Terms];
    }

    /// <summary>What was captured, and what changes only between epochs, as plain arrays.</summary>
    public Checkpoint ToCheckpoint(IReadOnlyDictionary<string, string> inputs)
    {
        Dictionary<string, double[]> all = new(numbers, StringComparer.Ordinal)
        {
            [Rows] = [.. rows.Take(epochs).SelectMany(row => row)],
            [Seconds] = [.. seconds.Take(epochs)],
            [Health] = [.. health.Take(epochs).SelectMany(ToNumbers)],
        };
        if (loop.Schedule is IAdaptiveSchedule adaptive)
            all[Schedule] = adaptive.State;
        if (stop is not null)
            all[Stop] = stop.State;
        List<NamedArray> arrays = [];
        Save(Model, network.Names(), weights);
        Save(Optimizer, Numbered(optimizerState), optimizerState);
        Save(Average, Numbered(averages), averages);
        if (stop is { BestWeights.Count: > 0 })
            Save(Best, network.Names(), stop.BestWeights);
        return new Checkpoint { Epoch = epochs, Inputs = inputs, Arrays = arrays, Numbers = all, Bytes = new Dictionary<string, byte[]>(bytes, StringComparer.Ordinal) };

        // Tensors of 64-bit floats stay what they are.
        void Save(string prefix, IReadOnlyList<string> names, IReadOnlyList<Tensor> tensors)
        {
            foreach ((string name, Tensor tensor) in names.Zip(tensors))
            {
                if (tensor.dtype == float64)
                    all.Add(prefix + name, TensorArrays.ToDoubles(tensor));
                else
                    arrays.Add(TensorArrays.Named(prefix + name, tensor));
            }
        }
    }

    /// <summary>Puts a checkpoint into the network and all that trains it.</summary>
    /// <param name="checkpoint">One of the same inputs.</param>
    /// <param name="columns">How many columns the curve has.</param>
    /// <returns>Whether early stopping has ended the training.</returns>
    /// <exception cref="VaeException">VAE4021: it does not hold what it should.</exception>
    public bool Restore(Checkpoint checkpoint, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Dictionary<string, NamedArray> arrays = checkpoint.Arrays.ToDictionary(array => array.Name, StringComparer.Ordinal);
        IReadOnlyList<string> names = network.Names();
        IReadOnlyList<Tensor> model = network.Snapshot();
        Load(Model, names, model);
        network.Restore(model);
        foreach (Tensor tensor in model)
            tensor.Dispose();
        Load(Optimizer, Numbered(loop.Optimizer.State), loop.Optimizer.State);
        Load(Average, Numbered(loop.Average?.Averages ?? []), loop.Average?.Averages ?? []);
        if (stop is not null)
        {
            stop.Resume(Numbers(checkpoint, Stop, 2), stop.KeepsWeights ? network.Snapshot() : []);
            Load(Best, names, stop.BestWeights);
        }

        RestoreOpaque(Bytes(checkpoint, Opaque));
        streams.Training.set_state(tensor(Bytes(checkpoint, TrainingStream)));
        if (!ReferenceEquals(streams.Noise, streams.Training))
            streams.Noise.set_state(tensor(Bytes(checkpoint, NoiseStream)));

        double[] progress = Numbers(checkpoint, Progress, 3);
        if (loop.Average is { } average)
            average.Updates = (long)progress[2];
        if (loop.Schedule is IAdaptiveSchedule adaptive)
            adaptive.State = Numbers(checkpoint, Schedule, adaptive.State.Length);
        if (checkpoint.Numbers.TryGetValue(LastFinite, out double[]? last) && last.Length >= 5)
            loop.LastFinite = new StepLosses((int)last[0], (int)last[1], new LossParts(last[2], last[3], last[4], last[5..]));
        rows.AddRange(Numbers(checkpoint, Rows, columns * checkpoint.Epoch).Chunk(columns));
        seconds.AddRange(Numbers(checkpoint, Seconds, checkpoint.Epoch));
        health.AddRange(Numbers(checkpoint, Health, HealthNumbers * checkpoint.Epoch).Chunk(HealthNumbers).Select(ToHealth));
        loop.SecondsBefore = seconds.Sum();
        return progress[1] == 1;

        void Load(string prefix, IReadOnlyList<string> under, IReadOnlyList<Tensor> tensors)
        {
            foreach ((string name, Tensor live) in under.Zip(tensors))
            {
                if (live.dtype == float64 && checkpoint.Numbers.TryGetValue(prefix + name, out double[]? wide) && wide.Length == live.numel())
                    live.copy_(tensor(wide).reshape(live.shape));
                else if (live.dtype == float32 && arrays.TryGetValue(prefix + name, out NamedArray? array) && array.Values.Length == live.numel())
                    live.copy_(tensor(array.Values).reshape(live.shape));
                else
                    throw Unfit($"'{prefix}{name}' is missing or of another size or type");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in weights.Concat(optimizerState).Concat(averages))
            tensor.Dispose();
        (weights, optimizerState, averages) = ([], [], []);
    }

    private void RestoreOpaque(byte[] bytesOfOptimizer)
    {
        if (bytesOfOptimizer.Length == 0 != (loop.Optimizer.Opaque.Length == 0))
            throw Unfit("its optimizer is of another form");
        loop.Optimizer.Opaque = bytesOfOptimizer;
    }

    private static double[] ToNumbers(EpochHealth epoch) =>
        [epoch.Epoch, epoch.GradientNorm, epoch.LargestGradientNorm, epoch.LearningRate, epoch.LowestLogVariance, epoch.HighestLogVariance];

    private static EpochHealth ToHealth(double[] numbers) => new((int)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);

    private static IReadOnlyList<Tensor> Copies(IReadOnlyList<Tensor> tensors)
    {
        using IDisposable frozen = no_grad();
        return [.. tensors.Select(tensor => tensor.clone().DetachFromDisposeScope())];
    }

    private static byte[] StateOf(Generator generator)
    {
        using Tensor state = generator.get_state();
        return state.bytes.ToArray();
    }

    private static IReadOnlyList<string> Numbered(IReadOnlyList<Tensor> tensors) =>
        [.. tensors.Select((_, index) => index.ToString(CultureInfo.InvariantCulture))];

    private static double[] Numbers(Checkpoint checkpoint, string name, int count) =>
        checkpoint.Numbers.TryGetValue(name, out double[]? numbers) && numbers.Length == count
            ? numbers
            : throw Unfit(string.Create(CultureInfo.InvariantCulture, $"the {count} numbers '{name}' are missing or of another count"));

    private static byte[] Bytes(Checkpoint checkpoint, string name) =>
        checkpoint.Bytes.TryGetValue(name, out byte[]? bytes) ? bytes : throw Unfit($"the bytes '{name}' are missing");

    private static VaeException Unfit(string why) =>
        new(DiagnosticTable.Training.CheckpointUnreadable.At(null, $"the checkpoint cannot be resumed from: {why}. Start at the beginning."));
}
