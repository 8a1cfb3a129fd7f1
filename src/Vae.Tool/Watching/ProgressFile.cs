using System.Diagnostics;
using System.Globalization;
using Vae.Tool.Output;
using Vae.Torch;

namespace Vae.Tool.Watching;

/// <summary>
/// The file beside the output folder that says how far a training is. It is there as long as the training runs, and whole at any moment.
/// Nobody's training fails for it: where it cannot be written, there is none.
/// </summary>
internal sealed class ProgressFile : IDisposable
{
    /// <summary>What its name ends in.</summary>
    public const string Extension = ".progress.json";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string path;
    private readonly string temporary;
    private readonly string? made;
    private TrainingStatus status;
    private long lastWrite;

    /// <summary>Writes the file: the training is preparing.</summary>
    /// <param name="spec">The spec's name.</param>
    /// <param name="output">The folder that the model will be in.</param>
    public ProgressFile(string spec, string output)
    {
        path = PathFor(output);
        temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        status = new TrainingStatus { Spec = spec, Output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) };
        made = MakeFolder();
        Write();
    }

    /// <summary>Where the file of an output folder is.</summary>
    public static string PathFor(string output) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + Extension;

    /// <summary>Keeps the file up to date from a training's progress, and passes the progress on.</summary>
    public IProgress<TrainingProgress> Before(IProgress<TrainingProgress> next) => new Relay(progress =>
    {
        status = status with
        {
            Stage = TrainingStage.Training,
            Epoch = progress.Epoch,
            Of = progress.Epochs,
            Done = TimeLeft.Fraction(progress),
            Loss = progress.Loss,
            Reconstruction = progress.Reconstruction,
            Kl = progress.Kl,
            Validation = progress.ValidationLoss ?? status.Validation,
            Seconds = Math.Round(progress.Seconds, 3),
            Left = Math.Round(TimeLeft.Seconds(progress), 3),
        };
        // Steps may be faster than any eye and any disk.
        if (Stopwatch.GetElapsedTime(lastWrite) >= Pause)
            Write();
        next.Report(progress);
    });

    /// <summary>The epochs are over; what is left is to evaluate and to write.</summary>
    public void Finishes()
    {
        status = status with { Stage = TrainingStage.Finishing, Done = 1, Left = 0 };
        Write();
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(temporary);
            File.Delete(path);
            // A training that failed leaves nothing, the folder for its result included.
            if (made is not null && !Directory.EnumerateFileSystemEntries(made).Any())
                Directory.Delete(made);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it sees that the process is gone.
        }
    }

    private string? MakeFolder()
    {
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            if (Directory.Exists(folder))
                return null;
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Write()
    {
        lastWrite = Stopwatch.GetTimestamp();
        try
        {
            File.WriteAllText(temporary, status.ToJson());
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Read at this moment on Windows, or a folder without the right to write: the next time will do, or none.
        }
    }
}
