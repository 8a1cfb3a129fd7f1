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
        bool isDue = options.CheckpointEvery is int every ? epochs % every == 0 : Stopwatch.GetElapsedTime(last) >= Pause;
        if (!isDue)
            return;
        options.SaveCheckpoint(state.ToCheckpoint(inputs));
        isUnsaved = false;
        last = Stopwatch.GetTimestamp();
    }

    /// <summary>The last whole epoch, unless it was saved already.</summary>
    public Checkpoint? Unsaved() => isUnsaved ? state.ToCheckpoint(inputs) : null;
}
