using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Dsl.Results;
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
    private readonly LossLog log;
    private readonly HealthLog health;
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
        Formula = new LossFormula(spec.Loss, Plan.StepsAnEpoch);
        Schedule = LearningRateSchedules.Create(spec.Train.Schedule);
        Optimizer = GradientOptimizers.Create(spec.Train.Optimizer, network.Trainable);
        Average = spec.Train.Ema is double decay ? new WeightAverage(decay, network) : null;
        int stepsBetweenReadings = network.Device.type == DeviceType.CPU ? 1 : StepsBetweenReadings;
        log = new LossLog(Formula, spec.Loss.FreeBits is not null, spec.Loss.Terms.Count, stepsBetweenReadings, network.Type, network.Device);
        health = new HealthLog(network.Type, network.Device);
    }

    /// <summary>How the training is cut up.</summary>
    public EpochPlan Plan { get; }

    /// <summary>How the parts make the loss, and what of it changes with time.</summary>
    public LossFormula Formula { get; }

    /// <summary>The learning rate over the training.</summary>
    public ISchedule Schedule { get; }

    /// <summary>What changes the weights.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>The running mean of the weights; <c>null</c> where the spec wants none.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The last step whose losses were finite; <c>null</c> before the first.</summary>
    public StepLosses? LastFinite
    {
        get => log.LastFinite;
        set => log.LastFinite = value;
    }

    /// <summary>Seconds that were spent before this loop, where the training goes on from a checkpoint.</summary>
    public double SecondsBefore { get; set; }

    /// <summary>The learning rate at an epoch's last step, the epoch counted from 0.</summary>
    public double LastRate(int epoch) => Rate(Plan.EndOf(epoch));

    /// <summary>The coefficients at an epoch's last step, the epoch counted from 0.</summary>
    public Coefficients LastCoefficients(int epoch) => Formula.At(Plan.EndOf(epoch).Step);

    /// <summary>Passes over the examples once.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>Means over the epoch's examples, each at the step that it was seen in.</returns>
    public EpochLosses Epoch(int epoch)
    {
        clock.Start();
        network.train();
        log.Restart();
        int steps = Plan.StepsOf(epoch);
        using DisposeScope scope = NewDisposeScope();
        Tensor order = randperm(examples.Count, generator: streams.Training).to(network.Device);
        for (int step = 0; step < steps; step++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            TrainingStep at = Plan.At(epoch, step);
            Coefficients coefficients = Formula.At(at.Step);
            double rate = Rate(at);
            Step(epoch, step, order, coefficients, rate);
            if (options.Progress is not null && log.WaitingSteps == 0 && step + 1 < steps)
                ReportNow(epoch, step + 1, coefficients.KlWeight, rate);
        }

        Read(epoch, steps);
        LibC.ReturnFreeMemory();
        if (!network.IsFinite())
            throw Divergence.InGradient(spec, epoch + 1, steps, steps, log.LastFinite);
        return log.Means;
    }

    /// <summary>What was seen in the epoch that is over, counted from 0.</summary>
    public EpochHealth Health(int epoch) => health.Read(epoch + 1, LastRate(epoch));

    /// <summary>Tells that an epoch is over.</summary>
    public void ReportEpoch(int epoch, EpochLosses losses, double? validationLoss) =>
        Report(epoch, Plan.StepsOf(epoch), losses, LastCoefficients(epoch).KlWeight, LastRate(epoch), validationLoss);

    /// <inheritdoc/>
    public void Dispose()
    {
        log.Dispose();
        health.Dispose();
        Average?.Dispose();
        Optimizer.Dispose();
    }

    private void Step(int epoch, int step, Tensor order, Coefficients coefficients, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        (int start, int count) = Plan.Batch(step);
        Tensor places = order.narrow(0, start, count);
        Tensor batch = examples.Batch(places, streams.Noise);
        Tensor noise = network.Draw(count, streams.Noise);
        BatchLosses losses = objective.Forward(batch, noise, examples.Count, streams.Noise, examples.Labels(places));
        log.Add(losses, step + 1, count, coefficients);
        if (log.IsFull)
            Read(epoch, Plan.StepsOf(epoch));

        Formula.Total(losses, coefficients).backward();
        if (HealthLog.IsDue(step, Plan.StepsOf(epoch)))
            health.Look(network.Trainable, losses.LogVariance!);
        if (spec.Train.ClipNorm is double bound)
            GradientClip.Apply(network.Trainable, bound);
        Optimizer.Step(rate);
        foreach (Parameter parameter in network.Trainable)
            parameter.grad = null;
        Average?.Update();
    }

    private double Rate(TrainingStep at) => Schedule.Rate(at, spec.Train.LearningRate);

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
            Reconstruction = losses.Parts.Reconstruction,
            Kl = losses.Parts.Kl,
            KlWeight = weight,
            LearningRate = rate,
            ValidationLoss = validationLoss,
            Seconds = SecondsBefore + clock.Elapsed.TotalSeconds,
        });
}
