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
internal sealed class TrainingState(VaeNetwork network, TrainingLoop loop, RandomStreams streams, EarlyStop? stop, List<double[]> rows, List<double> seconds) : IDisposable
{
    private const string Model = "model.", Best = "best.", Optimizer = "optimizer.", Average = "average.";
    private const string TrainingStream = "generator.training", NoiseStream = "generator.noise", Opaque = "optimizer";
    private const string Rows = "curve", Seconds = "seconds", Progress = "progress", Schedule = "schedule", Stop = "stop", LastFinite = "last-finite";

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
        };
        if (loop.Schedule is IAdaptiveSchedule adaptive)
            all[Schedule] = adaptive.State;
        if (stop is not null)
            all[Stop] = stop.State;
        return new Checkpoint
        {
            Epoch = epochs,
            Inputs = inputs,
            Arrays =
            [
                .. network.Export(weights).Select(array => array with { Name = Model + array.Name }),
                .. Numbered(Optimizer, optimizerState),
                .. Numbered(Average, averages),
                .. network.Export(stop?.BestWeights ?? []).Select(array => array with { Name = Best + array.Name }),
            ],
            Numbers = all,
            Bytes = new Dictionary<string, byte[]>(bytes, StringComparer.Ordinal),
        };
    }

    /// <summary>Puts a checkpoint into the network and all that trains it.</summary>
    /// <param name="checkpoint">One of the same inputs.</param>
    /// <param name="columns">How many columns the curve has.</param>
    /// <returns>Whether early stopping has ended the training.</returns>
    /// <exception cref="VaeException">VAE4006, VAE4021: it does not hold what it should.</exception>
    public bool Restore(Checkpoint checkpoint, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        ILookup<string, NamedArray> arrays = checkpoint.Arrays.ToLookup(array => array.Name[..(array.Name.IndexOf('.', StringComparison.Ordinal) + 1)], StringComparer.Ordinal);
        if (stop is not null)
        {
            // The way of the best weights into tensors leads through the network.
            IReadOnlyList<Tensor> best = [];
            if (arrays.Contains(Best))
            {
                network.Import(Unprefixed(arrays[Best]));
                best = network.Snapshot();
            }

            stop.Resume(Numbers(checkpoint, Stop, 2), best);
        }

        network.Import(Unprefixed(arrays[Model]));
        Copy(Optimizer, [.. arrays[Optimizer]], loop.Optimizer.State);
        RestoreOpaque(Bytes(checkpoint, Opaque));
        Copy(Average, [.. arrays[Average]], loop.Average?.Averages ?? []);
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
        loop.SecondsBefore = seconds.Sum();
        return progress[1] == 1;
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

    private static IEnumerable<NamedArray> Numbered(string prefix, IReadOnlyList<Tensor> tensors) =>
        tensors.Select((tensor, index) => TensorArrays.Named(NameOf(prefix, index), tensor));

    private static string NameOf(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}");

    private static NamedArray[] Unprefixed(IEnumerable<NamedArray> arrays) =>
        [.. arrays.Select(array => array with { Name = array.Name[(array.Name.IndexOf('.', StringComparison.Ordinal) + 1)..] })];

    private static void Copy(string prefix, NamedArray[] saved, IReadOnlyList<Tensor> live)
    {
        if (saved.Length != live.Count)
            throw Unfit(string.Create(CultureInfo.InvariantCulture, $"it holds {saved.Length} arrays '{prefix}…', where {live.Count} are due"));
        Dictionary<string, NamedArray> named = saved.ToDictionary(array => array.Name, StringComparer.Ordinal);
        for (int index = 0; index < live.Count; index++)
        {
            string name = NameOf(prefix, index);
            if (!named.TryGetValue(name, out NamedArray? array) || array.Values.Length != live[index].numel())
                throw Unfit($"'{name}' is missing or of another size");
            live[index].copy_(tensor(array.Values).reshape(live[index].shape));
        }
    }

    private static double[] Numbers(Checkpoint checkpoint, string name, int count) =>
        checkpoint.Numbers.TryGetValue(name, out double[]? numbers) && numbers.Length == count
            ? numbers
            : throw Unfit(string.Create(CultureInfo.InvariantCulture, $"the {count} numbers '{name}' are missing or of another count"));

    private static byte[] Bytes(Checkpoint checkpoint, string name) =>
        checkpoint.Bytes.TryGetValue(name, out byte[]? bytes) ? bytes : throw Unfit($"the bytes '{name}' are missing");

    private static VaeException Unfit(string why) =>
        new(DiagnosticTable.Training.CheckpointUnreadable.At(null, $"the checkpoint cannot be resumed from: {why}. Start at the beginning."));
}
