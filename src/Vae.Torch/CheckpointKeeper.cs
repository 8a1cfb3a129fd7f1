using System.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>Decides when a checkpoint is due, and knows the last whole epoch in between.</summary>
/// <param name="state">The training.</param>
/// <param name="inputs">What it depends on.</param>
/// <param name="options">How often, and where to.</param>
internal sealed class CheckpointKeeper(TrainingState state, IReadOnlyDictionary<string, string> inputs, TrainOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long last = Stopwatch.GetTimestamp();
    private bool isUnsaved;

    /// <summary>An epoch is over.</summary>
    /// <param name="epochs">How many are done.</param>
    /// <param name="isOver">Whether early stopping ends the training here.</param>
    public void EndOfEpoch(int epochs, bool isOver)
    {
        if (options.SaveCheckpoint is null)
            return;
        state.Capture(isOver);
        isUnsaved = true;
        if (!IsDue(options.CheckpointEvery, epochs, Stopwatch.GetElapsedTime(last)))
            return;
        options.SaveCheckpoint(state.ToCheckpoint(inputs));
        isUnsaved = false;
        last = Stopwatch.GetTimestamp();
    }

    /// <summary>Whether a checkpoint is saved after an epoch.</summary>
    /// <param name="every">Epochs between two; <c>null</c> for at most one a minute.</param>
    /// <param name="epochs">How many are done.</param>
    /// <param name="since">Time since the last one, or since the start.</param>
    public static bool IsDue(int? every, int epochs, TimeSpan since) => every is int count ? epochs % count == 0 : since >= Pause;

    /// <summary>The last whole epoch, unless it was saved already.</summary>
    public Checkpoint? Unsaved() => isUnsaved ? state.ToCheckpoint(inputs) : null;
}
