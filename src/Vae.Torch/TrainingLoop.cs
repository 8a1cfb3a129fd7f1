using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using Vae.Torch.Optimizers;
using Vae.Torch.Schedules;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The steps of a training, and nothing else. What makes it fast is in <c>docs/training.md</c>: the whole split as one tensor, one permutation an
/// epoch, one gather a batch, one call for the optimizer, one dispose scope a step, no reading back from a device that has to be waited for.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    // How many steps' losses are read at once from a device that has to be waited for.
    private const int StepsBetweenReadings = 50;

    private const double SecondsBetweenReports = 0.1;

    private readonly Spec spec;
    private readonly TrainOptions options;
    private readonly VaeNetwork network;
    private readonly Objective objective;
    private readonly RandomStreams streams;
    private readonly ExampleTensor examples;
    private readonly IOptimizer optimizer;
    private readonly ISchedule schedule;
    private readonly LossLog log;
    private readonly Stopwatch clock = new();
    private double lastReport;

    public TrainingLoop(Spec spec, TrainOptions options, VaeNetwork network, Objective objective, RandomStreams streams, ExampleTensor examples)
    {
        this.spec = spec;
        this.options = options;
        this.network = network;
        this.objective = objective;
        this.streams = streams;
        this.examples = examples;
        Plan = new EpochPlan(examples.Count, spec.Train, network.NormalizesOverBatch);
        Weight = new KlWeight(spec.Loss.KlWeight, Plan.StepsAnEpoch);
        schedule = LearningRateSchedules.Create(spec.Train.Schedule);
        optimizer = GradientOptimizers.Create(spec.Train.Optimizer, network.Trainable);
        log = new LossLog(network.Device.type == DeviceType.CPU ? 1 : StepsBetweenReadings, network.Device);
    }

    /// <summary>How the training is cut up.</summary>
    public EpochPlan Plan { get; }

    /// <summary>β.</summary>
    public KlWeight Weight { get; }

    /// <summary>The learning rate of an epoch, counted from 0.</summary>
    public double Rate(int epoch) => schedule.Rate(epoch, Plan.Epochs, spec.Train.LearningRate);

    /// <summary>The weight at an epoch's last step.</summary>
    public double LastWeight(int epoch) => Weight.At(FirstStep(epoch) + Plan.StepsOf(epoch) - 1);

    /// <summary>Passes over the examples once.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>Means over the epoch's examples, each at the step that it was seen in.</returns>
    public EpochLosses Epoch(int epoch)
    {
        clock.Start();
        network.train();
        log.Restart();
        double rate = Rate(epoch);
        int steps = Plan.StepsOf(epoch);
        using DisposeScope scope = NewDisposeScope();
        Tensor order = randperm(examples.Count, generator: streams.Training).to(network.Device);
        for (int step = 0; step < steps; step++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double weight = Weight.At(FirstStep(epoch) + step);
            Step(epoch, step, order, weight, rate);
            if (options.Progress is not null && log.WaitingSteps == 0 && step + 1 < steps)
                ReportNow(epoch, step + 1, weight, rate);
        }

        Read(epoch, steps);
        LibC.ReturnFreeMemory();
        if (!network.IsFinite())
            throw Divergence.InGradient(spec, epoch + 1, steps, steps, log.LastFinite);
        return log.Means;
    }

    /// <summary>Tells that an epoch is over.</summary>
    public void ReportEpoch(int epoch, EpochLosses losses, double? validationLoss) =>
        Report(epoch, Plan.StepsOf(epoch), losses, LastWeight(epoch), Rate(epoch), validationLoss);

    /// <inheritdoc/>
    public void Dispose()
    {
        log.Dispose();
        optimizer.Dispose();
    }

    private void Step(int epoch, int step, Tensor order, double weight, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        (int start, int count) = Plan.Batch(step);
        Tensor places = order.narrow(0, start, count);
        Tensor batch = examples.Batch(places, streams.Noise);
        Tensor noise = randn([count, spec.Latent.Dim], float32, network.Device, generator: streams.Noise);
        (Tensor reconstruction, Tensor kl) = objective.Forward(batch, noise, examples.Labels(places));
        log.Add(reconstruction, kl, step + 1, count, weight);
        if (log.IsFull)
            Read(epoch, Plan.StepsOf(epoch));

        (reconstruction + (kl * weight)).backward();
        if (spec.Train.ClipNorm is double bound)
            GradientClip.Apply(network.Trainable, bound);
        optimizer.Step(rate);
        foreach (Parameter parameter in network.Trainable)
            parameter.grad = null;
    }

    private void Read(int epoch, int steps)
    {
        if (log.Read(epoch + 1) is { } bad)
            throw Divergence.InLosses(spec, bad, steps, log.LastFinite, network.IsFinite());
    }

    private void ReportNow(int epoch, int step, double weight, double rate)
    {
        double now = clock.Elapsed.TotalSeconds;
        if (now - lastReport < SecondsBetweenReports)
            return;
        lastReport = now;
        Report(epoch, step, log.Means, weight, rate, null);
    }

    private void Report(int epoch, int step, EpochLosses losses, double weight, double rate, double? validationLoss) =>
        options.Progress?.Report(new TrainingProgress
        {
            Epoch = epoch + 1,
            Epochs = Plan.Epochs,
            Step = step,
            Steps = Plan.StepsOf(epoch),
            Loss = losses.Loss,
            Reconstruction = losses.Reconstruction,
            Kl = losses.Kl,
            KlWeight = weight,
            LearningRate = rate,
            ValidationLoss = validationLoss,
            Seconds = clock.Elapsed.TotalSeconds,
        });

    private long FirstStep(int epoch) => (long)epoch * Plan.StepsAnEpoch;
}
