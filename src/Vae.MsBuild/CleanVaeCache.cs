using Microsoft.Build.Framework;

namespace Vae.MsBuild;

/// <summary>Removes from the store the models that a project's lock files and output folders name: starts <c>vae gc --of …</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanVaeCache : VaeToolTask
{
    private readonly List<string> _errors = [];

    /// <summary>The folder of the store, a full path; the user's own where empty.</summary>
    public string Store { get; set; } = "";

    /// <summary>The specs' lock files, of which some may be missing.</summary>
    public ITaskItem[] LockFiles { get; set; } = [];

    /// <summary>The folders of the trained specs, of which some may be missing.</summary>
    public ITaskItem[] ModelFolders { get; set; } = [];

    private protected override string? FileToBlame => null;

    private IEnumerable<string> Paths => LockFiles.Concat(ModelFolders).Select(item => item.GetMetadata("FullPath")).Where(path => File.Exists(path) || Directory.Exists(path));

    /// <inheritdoc/>
    protected override bool SkipTaskExecution()
    {
        bool nothing = !Paths.Any();
        if (nothing)
        {
            Log.LogMessage(MessageImportance.High, "no spec of this project has a lock file or a model: nothing of the store is theirs");
        }

        return nothing;
    }

    /// <inheritdoc/>
    protected override string GenerateResponseFileCommands()
    {
        List<string> arguments = ["gc"];
        if (Store.Length > 0)
        {
            arguments.AddRange(["--store", Store]);
        }

        arguments.AddRange(Paths.SelectMany(path => new[] { "--of", path }));
        return string.Join("\n", arguments);
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        // The last line says what was done; the table above it is for those who read the whole log.
        bool summary = singleLine.StartsWith("removed ", StringComparison.Ordinal);
        Log.LogMessageFromText(singleLine, summary ? MessageImportance.High : MessageImportance.Low);
        _errors.Add(singleLine);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            LogFailure("VAE0021", $"the store could not be cleaned: {string.Join(" ", _errors.Where(line => line.Length > 0))}");
        }

        return false;
    }
}
