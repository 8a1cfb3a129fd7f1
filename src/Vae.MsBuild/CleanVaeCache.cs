using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Vae.MsBuild;

/// <summary>Removes from the store the models that a project's lock files and output folders name: starts <c>vae gc --of …</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanVaeCache : ToolTask
{
    private readonly List<string> _errors = [];

    /// <summary>The trainer, <c>vae.dll</c>, a full path.</summary>
    [Required]
    public string Trainer { get; set; } = "";

    /// <summary>The program that runs it; <c>dotnet</c> on the path where empty.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>The address of the page that explains the codes; no links where empty.</summary>
    public string HelpPage { get; set; } = "";

    /// <summary>The folder of the store, a full path; the user's own where empty.</summary>
    public string Store { get; set; } = "";

    /// <summary>The specs' lock files, of which some may be missing.</summary>
    public ITaskItem[] LockFiles { get; set; } = [];

    /// <summary>The folders of the trained specs, of which some may be missing.</summary>
    public ITaskItem[] ModelFolders { get; set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding ResponseFileEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    private IEnumerable<string> Paths => LockFiles.Concat(ModelFolders).Select(item => item.GetMetadata("FullPath")).Where(path => File.Exists(path) || Directory.Exists(path));

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (!File.Exists(Trainer))
        {
            Log.LogError("", "VAE0020", "VAE0020", HelpAddress.Of(HelpPage, "VAE0020"), null, 0, 0, 0, 0, "the trainer was not found at '{0}'. Set VaeToolPath to the full path of vae.dll, or restore the package again.", Trainer);
            return false;
        }

        return base.ValidateParameters();
    }

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
    protected override string GenerateFullPathToTool() => DotNetHost.Length > 0 ? DotNetHost : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        CommandLineBuilder line = new();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Trainer);
        return line.ToString();
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
            Log.LogError("", "VAE0021", "VAE0021", HelpAddress.Of(HelpPage, "VAE0021"), null, 0, 0, 0, 0, "the store could not be cleaned: {0}", string.Join(" ", _errors.Where(line => line.Length > 0)));
        }

        return false;
    }
}
