using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Vae.MsBuild;

/// <summary>A task about one spec that the <c>vae</c> command does in a process of its own: how it is started, and how its events are logged.</summary>
public abstract class VaeToolTask : ToolTask
{
    private const int LinesOfCrash = 5;

    private readonly Queue<string> _lastLines = new();

    /// <summary>The <c>.vae.yaml</c> file. Its metadata <c>Variant</c>, <c>Set</c>, <c>Param</c>, <c>Threads</c> and <c>Device</c> come before the task's own.</summary>
    [Required]
    public ITaskItem Spec { get; set; } = null!;

    /// <summary>The trainer, <c>vae.dll</c>, a full path.</summary>
    [Required]
    public string Trainer { get; set; } = "";

    /// <summary>The program that runs it; <c>dotnet</c> on the path where empty.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>The address of the page that explains the codes; no links where empty.</summary>
    public string HelpPage { get; set; } = "";

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

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding ResponseFileEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    private protected string DisplayName => Spec.GetMetadata("Name") is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(Spec.GetMetadata("Filename"));

    private protected string SpecPath => Spec.GetMetadata("FullPath");

    /// <summary>The command's arguments.</summary>
    private protected abstract List<string> Arguments();

    /// <summary>Logs an event of the command.</summary>
    private protected abstract void Handle(ToolEvent known, string line);

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (!File.Exists(Trainer))
        {
            LogFailure("VAE0020", $"the trainer was not found at '{Trainer}'. Set VaeToolPath to the full path of vae.dll, or restore the package again.");
            return false;
        }

        return CheckPackages() && base.ValidateParameters();
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

        if (singleLine.Length > 0)
        {
            _lastLines.Enqueue(singleLine);
            if (_lastLines.Count > LinesOfCrash)
            {
                _lastLines.Dequeue();
            }
        }

        Log.LogMessage(MessageImportance.Low, "{0}", singleLine);
    }

    /// <summary>For a command that failed without an error of its own.</summary>
    private protected void LogCrash()
    {
        string last = _lastLines.Count > 0 ? " Its last lines: " + string.Join(" | ", _lastLines) : "";
        LogFailure(
            "VAE0021",
            $"the trainer ended with exit code {ExitCode.ToString(CultureInfo.InvariantCulture)} and without an error of its own. Run it by hand to see more: {PasteableCommand()}{last}");
    }

    /// <summary>The options by which the command reads the spec as the project does.</summary>
    private protected void AddSpecOptions(List<string> arguments)
    {
        AddOption(arguments, "--variant", Option("Variant", Variant));
        foreach (string value in ListOption("Set", Overrides))
        {
            AddOption(arguments, "--set", value);
        }

        foreach (string value in ListOption("Param", Parameters))
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
        state.Options["set"] = string.Join(";", ListOption("Set", Overrides));
        state.Options["param"] = string.Join(";", ListOption("Param", Parameters));
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

    // On the command line a list is written with escaped semicolons, which reach a task as one value.
    private protected IEnumerable<string> ListOption(string metadata, string[] values) =>
        (Spec.GetMetadata(metadata) is { Length: > 0 } own ? [own] : values)
            .SelectMany(value => value.Split(';'))
            .Select(value => value.Trim())
            .Where(value => value.Length > 0);

    private protected string PasteableCommand() => string.Join(" ", new[] { GenerateFullPathToTool(), "exec", Trainer }.Concat(Arguments()).Select(Quoted));

    private static string Quoted(string argument) => argument.IndexOfAny([' ', ';', '\'', '(', ')', '&', '$']) < 0 ? argument : $"\"{argument}\"";

    private protected void LogDiagnostic(ToolEvent diagnostic)
    {
        string file = diagnostic.Text("file") ?? SpecPath;
        string code = diagnostic.Text("code") ?? "";
        string message = diagnostic.Text("message") ?? "";
        int line = diagnostic.Whole("line");
        int column = diagnostic.Whole("column");
        int endLine = diagnostic.Whole("endLine");
        int endColumn = diagnostic.Whole("endColumn");
        string? helpLink = HelpAddress.Of(HelpPage, code);

        // The text is an argument, not the format: a message may hold braces.
        if (diagnostic.Text("severity") == "warning")
        {
            Log.LogWarning("", code, code, helpLink, file, line, column, endLine, endColumn, "{0}", message);
        }
        else if (diagnostic.Text("severity") == "message")
        {
            Log.LogMessage("", code, code, file, line, column, endLine, endColumn, MessageImportance.High, "{0}", message);
        }
        else
        {
            Log.LogError("", code, code, helpLink, file, line, column, endLine, endColumn, "{0}", message);
        }
    }

    private protected void LogFailure(string code, string message, string? file = null) => Log.LogError("", code, code, HelpAddress.Of(HelpPage, code), file ?? SpecPath, 0, 0, 0, 0, "{0}", message);

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
