using System.Globalization;
using Microsoft.Build.Framework;

namespace Vae.MsBuild;

/// <summary>A task about one spec: what the command is told of it, and how its events are logged.</summary>
public abstract class VaeSpecTask : VaeToolTask
{
    /// <summary>The <c>.vae.yaml</c> file. Its metadata <c>Variant</c>, <c>Set</c>, <c>Param</c>, <c>Threads</c> and <c>Device</c> come before the task's own.</summary>
    [Required]
    public ITaskItem Spec { get; set; } = null!;

    /// <summary>The packages of specs that <c>extends: pkg:Id/…</c> may name: the id, and in the metadata <c>Path</c> the folder.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The project's folder, to which the packages' paths are relative.</summary>
    public string ProjectFolder { get; set; } = "";

    /// <summary>The spec's variant, or empty.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Values by path, <c>train.epochs=3</c>.</summary>
    public string[] Overrides { get; set; } = [];

    /// <summary>Values of the spec's parameters, <c>beta=0.01</c>.</summary>
    public string[] Parameters { get; set; } = [];

    private protected string DisplayName => Spec.GetMetadata("Name") is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(Spec.GetMetadata("Filename"));

    private protected string SpecPath => Spec.GetMetadata("FullPath");

    private protected override string FileToBlame => SpecPath;

    /// <summary>The command's arguments.</summary>
    private protected abstract List<string> Arguments();

    /// <summary>Logs an event of the command.</summary>
    private protected abstract void Handle(ToolEvent known, string line);

    /// <inheritdoc/>
    protected override bool ValidateParameters() => base.ValidateParameters() && CheckPackages();

    /// <summary>The arguments, one a line: no quoting, and no limit of a shell.</summary>
    protected override string GenerateResponseFileCommands() => string.Join("\n", Arguments());

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, PasteableCommand());

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (ToolEvent.Parse(singleLine) is { } known)
        {
            Handle(known, singleLine);
            return;
        }

        LogLine(singleLine);
    }

    /// <summary>For a command that failed without an error of its own.</summary>
    private protected void LogCrash() => LogFailure(
        "VAE0021",
        $"the trainer ended with exit code {ExitCode.ToString(CultureInfo.InvariantCulture)} and without an error of its own. Run it by hand to see more: {PasteableCommand()}{LastLines}");

    /// <summary>The options by which the command reads the spec as the project does.</summary>
    private protected void AddSpecOptions(List<string> arguments)
    {
        AddOption(arguments, "--variant", Option("Variant", Variant));
        foreach (string value in List(Spec, "Set", Overrides))
        {
            AddOption(arguments, "--set", value);
        }

        foreach (string value in List(Spec, "Param", Parameters))
        {
            AddOption(arguments, "--param", value);
        }

        foreach (string package in PackageOptions())
        {
            AddOption(arguments, "--package", package);
        }
    }

    /// <summary>The same options, to be remembered.</summary>
    private protected void DescribeSpecOptions(BuildState state)
    {
        state.Options["variant"] = Option("Variant", Variant);
        state.Options["set"] = string.Join(";", List(Spec, "Set", Overrides));
        state.Options["param"] = string.Join(";", List(Spec, "Param", Parameters));
        state.Options["packages"] = string.Join(";", PackageOptions());
    }

    private protected static void AddOption(List<string> arguments, string name, string value)
    {
        if (value.Length > 0)
        {
            arguments.Add(name);
            arguments.Add(value);
        }
    }

    private protected string Option(string metadata, string value) => Spec.GetMetadata(metadata) is { Length: > 0 } own ? own : value;

    private protected string PasteableCommand() => string.Join(" ", new[] { GenerateFullPathToTool(), "exec", Trainer }.Concat(Arguments()).Select(Quoted));

    private static string Quoted(string argument) => argument.IndexOfAny([' ', ';', '\'', '(', ')', '&', '$']) < 0 ? argument : $"\"{argument}\"";

    // A fault of a package is one of the project file, or of the package's own, that declares it.
    private bool CheckPackages()
    {
        Dictionary<string, string> folders = new(StringComparer.OrdinalIgnoreCase);
        bool valid = true;
        foreach (ITaskItem package in Packages)
        {
            string id = package.ItemSpec;
            string folder = FolderOf(package);
            string? fault =
                folder.Length == 0 ? $"the package of specs '{id}' has no folder. Write <VaeSpecPackage Include=\"{id}\" Path=\"folder\" />."
                : !Directory.Exists(folder) ? $"the package of specs '{id}' should be at '{folder}', but there is no such folder. Restore the project, or correct Path of <VaeSpecPackage Include=\"{id}\" />."
                : folders.TryGetValue(id, out string? other) && other != folder ? $"the package of specs '{id}' has two folders, '{other}' and '{folder}'. Remove one <VaeSpecPackage Include=\"{id}\" />."
                : null;
            if (fault is not null)
            {
                LogFailure("VAE0024", fault, package.GetMetadata("DefiningProjectFullPath") is { Length: > 0 } project ? project : null);
                valid = false;
            }

            folders[id] = folder;
        }

        return valid;
    }

    private string FolderOf(ITaskItem package) => package.GetMetadata("Path").Trim() is { Length: > 0 } path ? Path.GetFullPath(Path.Combine(ProjectFolder, path)) : "";

    private IEnumerable<string> PackageOptions() =>
        Packages.GroupBy(package => package.ItemSpec, StringComparer.OrdinalIgnoreCase).Select(same => $"{same.Key}={FolderOf(same.First())}");
}
