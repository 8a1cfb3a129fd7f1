using Vae.Dsl.Catalogue;

namespace Vae.Dsl;

/// <summary>How a spec is trained.</summary>
public sealed record TrainSpec
{
    /// <summary>How long, in <see cref="Unit"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Epochs or steps.</summary>
    public TimeUnit Unit { get; init; } = TimeUnit.Epochs;

    /// <summary>Examples a batch; the last batch of an epoch may be smaller.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>A row of the optimizer catalogue: <c>sgd</c>, <c>adam</c>, <c>adamw</c>, <c>rmsprop</c>. The learning rate is not among its arguments.</summary>
    public required Component Optimizer { get; init; }

    /// <summary>The learning rate before the schedule.</summary>
    public required double LearningRate { get; init; }

    /// <summary>A row of the schedule catalogue; or <c>null</c> for a constant rate.</summary>
    public Component? Schedule { get; init; }

    /// <summary>The largest 2-norm of the whole gradient; or <c>null</c>.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The seed of weights, shuffling, noise, splits, samples and plots.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>A row of <see cref="InitializationCatalogue"/>: what weights are drawn from.</summary>
    public Component Init { get; init; } = InitializationCatalogue.Default;

    /// <summary>Threads of the tensor library; <c>null</c> leaves it to the caller.</summary>
    public int? Threads { get; init; }

    /// <summary>Where it runs.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>What tensors are computed in. Files hold float32 in any case.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>
    /// The decay of the running mean of the weights, which is what is validated, tested and kept (Polyak and Juditsky 1992); or <c>null</c>
    /// for the weights themselves.
    /// </summary>
    public double? Ema { get; init; }

    /// <summary>When to stop early; or <c>null</c>.</summary>
    public StopSpec? Stop { get; init; }
}
