using System.ComponentModel;
using System.Diagnostics;
using System.IO.Enumeration;
using Vae.Artifacts;

namespace Vae.Tool.Watching;

/// <summary>Finds the trainings below a folder, and follows each from the first look at it to its end.</summary>
internal sealed class TrainingWatcher(string folder)
{
    /// <summary>Between two walks through the whole tree; the files that are known are read each time.</summary>
    private static readonly TimeSpan BetweenWalks = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, WatchedTraining> trainings = new(StringComparer.Ordinal);
    private long? lastWalk;

    /// <summary>All trainings since the first look, in the order in which they were found. One that was over before that is not among them.</summary>
    public IReadOnlyList<WatchedTraining> Look()
    {
        List<string> paths = [.. trainings.Where(training => training.Value.End is null).Select(training => training.Key)];
        if (lastWalk is null || Stopwatch.GetElapsedTime(lastWalk.Value) >= BetweenWalks)
        {
            paths.AddRange(Walk().Order(StringComparer.Ordinal).Except(paths, StringComparer.Ordinal));
            lastWalk = Stopwatch.GetTimestamp();
        }

        foreach (string path in paths)
        {
            WatchedTraining? before = trainings.GetValueOrDefault(path);
            if (TrainingStatus.Read(path) is { } status)
                See(path, status, before);
            else if (before is not null && !File.Exists(path))
                trainings[path] = Ended(before);
        }

        return [.. trainings.Values];
    }

    private void See(string path, TrainingStatus status, WatchedTraining? before)
    {
        if (IsAlive(path, status))
            trainings[path] = new WatchedTraining(Path.GetRelativePath(folder, status.Output), status, null, new Dictionary<string, double>());
        else if (before is { End: null })
            trainings[path] = before with { Status = status, End = TrainingEnd.Killed };
    }

    private static WatchedTraining Ended(WatchedTraining training)
    {
        string manifest = Path.Combine(training.Status.Output, ArtifactFolder.Manifest);
        bool hasResult = File.Exists(manifest) && File.GetLastWriteTimeUtc(manifest) >= training.Status.Started.UtcDateTime.AddSeconds(-1);
        return hasResult
            ? training with { End = TrainingEnd.Trained, Metrics = ArtifactFolder.ReadMetrics(training.Status.Output) }
            : training with { End = TrainingEnd.WithoutResult };
    }

    private FileSystemEnumerable<string> Walk() => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName.EndsWith(ProgressFile.Extension, StringComparison.Ordinal),
        // Large, and nobody trains there.
        ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName is not ("node_modules" or ".git" or ".vs"),
    };

    /// <summary>
    /// Whether the process that wrote a file still runs. One of another machine is taken to run; one that began after the file was
    /// written has only got the number of the one that wrote it.
    /// </summary>
    private static bool IsAlive(string path, TrainingStatus status)
    {
        if (status.Host != Environment.MachineName)
            return true;
        try
        {
            using Process process = Process.GetProcessById(status.Pid);
            return process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(path).AddSeconds(2);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended at this moment, which the next look shows, or it is another user's.
            return true;
        }
    }
}
