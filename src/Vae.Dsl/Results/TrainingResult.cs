namespace Vae.Dsl.Results;

/// <summary>All that is left of a training: plain arrays and numbers. What draws, exports, compares or reports reads this.</summary>
public sealed record TrainingResult
{
    /// <summary>What was trained.</summary>
    public required Spec Spec { get; init; }

    /// <summary>The state dict under PyTorch's names: encoder, <c>latent.mu</c>, <c>latent.logvar</c>, decoder. Buffers included; counters are floats here.</summary>
    public required IReadOnlyList<NamedArray> Weights { get; init; }

    /// <summary>The losses of each epoch.</summary>
    public required Curve Curve { get; init; }

    /// <summary>How many steps the optimizer made; 0 where nobody counted.</summary>
    public long Steps { get; init; }

    /// <summary>How the training went beside its losses, an entry an epoch; empty where nobody watched.</summary>
    public IReadOnlyList<EpochHealth> Health { get; init; } = [];

    /// <summary>
    /// Final metrics by name: <c>train.loss</c> … of the last epoch (of the best, where early stopping restored it);
    /// <c>test.loss</c>, <c>test.reconstruction</c> (from one sampled z an example), <c>test.reconstruction-mu</c> (from mu), <c>test.kl</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The answers to the requests that came with the order.</summary>
    public required IReadOnlyList<Evaluation> Evaluations { get; init; }

    /// <summary>The data files that were read.</summary>
    public required IReadOnlyList<DataFileDigest> Data { get; init; }

    /// <summary>The way back to the data's own numbers and names.</summary>
    public DataUnits Units { get; init; } = DataUnits.AsTheyAre;

    /// <summary>The trainer's semantic version, which rises when the same inputs begin to give other numbers.</summary>
    public required int TrainerVersion { get; init; }

    /// <summary>What varies from run to run.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The answer to a request.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public Evaluation Evaluation(EvaluationRequest request) =>
        Evaluations.FirstOrDefault(evaluation => evaluation.Request == request)
        ?? throw new KeyNotFoundException($"{request} was not asked for");
}
