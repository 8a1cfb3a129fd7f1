using Vae.Artifacts;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>The one checkpoint file of a training.</summary>
internal sealed class CheckpointStore(string path, ITrainingReporter reporter)
{
    private bool failed;
    private int epoch;

    /// <summary>What an earlier run left, where the training is to go on from it; otherwise <c>null</c>.</summary>
    /// <exception cref="VaeException">VAE4021: it is not whole.</exception>
    public Checkpoint? Open(bool resume)
    {
        bool exists = File.Exists(path);
        if (!resume)
        {
            if (exists)
                reporter.IgnoresCheckpoint(path);
            return null;
        }

        Checkpoint? checkpoint = exists ? CheckpointFile.Read(path) : null;
        epoch = checkpoint?.Epoch ?? 0;
        reporter.Resumes(path, epoch);
        return checkpoint;
    }

    /// <summary>Keeps a checkpoint in the place of the one before. A full disk is no reason to lose the training, so it only warns, once.</summary>
    public void Save(Checkpoint checkpoint)
    {
        try
        {
            CheckpointFile.Write(path, checkpoint);
            epoch = checkpoint.Epoch;
        }
        catch (VaeException exception)
        {
            if (!failed)
                reporter.Report(exception.Diagnostics[0]);
            failed = true;
        }
    }

    /// <summary>The training is cancelled: says what is kept of it, if anything.</summary>
    public void TellWhatIsKept()
    {
        if (epoch > 0)
            reporter.Keeps(path, epoch);
    }

    /// <summary>A fault of the checkpoint is shown at its file.</summary>
    public Diagnostic AtFile(Diagnostic diagnostic) =>
        diagnostic.Location is null && (diagnostic.Code == DiagnosticTable.Training.CheckpointMismatch || diagnostic.Code == DiagnosticTable.Training.CheckpointUnreadable)
            ? diagnostic with { Location = new Location(path, 0, 0) }
            : diagnostic;

    /// <summary>Removes it: the training came to its end.</summary>
    public void Remove() => CheckpointFile.Remove(path);
}
