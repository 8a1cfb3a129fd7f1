using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>What a training needs besides the spec and the data. Nothing here changes the spec's meaning; all is optional.</summary>
public sealed record TrainOptions
{
    /// <summary>
    /// Is told how far it is: at the end of every epoch, and between at most ten times a second. Called on the training thread,
    /// which waits for it.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Stops at the next batch. The last whole epoch goes to <see cref="SaveCheckpoint"/> before.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What the trained model is asked before it is gone. Equal requests are answered once.</summary>
    public IReadOnlyList<EvaluationRequest> Requests { get; init; } = [];

    /// <summary>Threads of the tensor library where the spec does not say; <c>null</c> leaves them as they are in the process.</summary>
    public int? Threads { get; init; }

    /// <summary>Where it runs, in place of what the spec says; <c>null</c> for the spec's.</summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>
    /// Is given the training after a whole epoch, as often as <see cref="CheckpointEvery"/> says, and once more where the training is cancelled.
    /// Called on the training thread, which waits for it; <c>null</c> for no checkpoints.
    /// </summary>
    public Action<Checkpoint>? SaveCheckpoint { get; init; }

    /// <summary>Epochs between two checkpoints, at least 1; <c>null</c> for at most one a minute.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>What an earlier training of the same spec and data left, to go on from; <c>null</c> to start at the beginning.</summary>
    public Checkpoint? ResumeFrom { get; init; }
}
