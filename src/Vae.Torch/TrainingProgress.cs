namespace Vae.Torch;

/// <summary>How far a training is. Losses are means over the epoch's examples so far.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many epochs there are, unless early stopping ends it before.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of this epoch that are done.</summary>
    public required int Step { get; init; }

    /// <summary>Batches of this epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>Reconstruction + weight · KL.</summary>
    public required double Loss { get; init; }

    /// <summary>The reconstruction term.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The KL divergence, before its weight.</summary>
    public required double Kl { get; init; }

    /// <summary>The weight at the last step.</summary>
    public required double KlWeight { get; init; }

    /// <summary>The learning rate of this epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The validation split's loss; <c>null</c> within an epoch, and where there is no such split.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Seconds since the first step.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the epoch is over.</summary>
    public bool EpochDone => Step == Steps;
}
