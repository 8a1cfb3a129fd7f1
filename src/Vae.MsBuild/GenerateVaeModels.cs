using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Vae.MsBuild;

/// <summary>
/// Has the C# classes of a project's specs written, all in one process, and none where nothing changed since the last time. It needs
/// neither data nor training, so an editor's builds do it too.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateVaeModels : VaeToolTask
{
    private readonly SortedSet<string> _filesRead = new(StringComparer.Ordinal);
    private readonly List<string> _written = [];
    private readonly BuildState _now = new();

    /// <summary>The <c>.vae.yaml</c> files. Metadata: <c>Name</c>, <c>ClassName</c>, <c>Namespace</c>, <c>Access</c>, and those that change a spec.</summary>
    [Required]
    public ITaskItem[] Specs { get; set; } = [];

    /// <summary>The folder to write into, a full path.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The project's root namespace.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>The project's <c>Nullable</c>.</summary>
    public string Nullable { get; set; } = "";

    /// <summary>The folder of the models beside the program.</summary>
    public string ModelsFolder { get; set; } = "";

    /// <summary>The packages of specs that <c>extends: pkg:Id/…</c> may name: the id, and in the metadata <c>Path</c> the folder.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>The specs' variant, or empty.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Values by path, <c>train.epochs=3</c>.</summary>
    public string[] Overrides { get; set; } = [];

    /// <summary>Values of the specs' parameters, <c>beta=0.01</c>.</summary>
    public string[] Parameters { get; set; } = [];

    /// <summary>The classes that there are now: after a failure those of the last time that are still there.</summary>
    [Output]
    public ITaskItem[] Classes { get; private set; } = [];

    /// <summary>What the task keeps beside the classes for its next run.</summary>
    [Output]
    public ITaskItem[] Notes => [Item(StateFile), Item(RequestFile)];

    private protected override string ToolDescription => "the tool that generates the specs' classes";

    private protected override string FileToBlame => Project;

    private string StateFile => Path.Combine(OutputFolder, "classes.state");

    private string RequestFile => Path.Combine(OutputFolder, "classes.request");

    /// <inheritdoc/>
    public override bool Execute()
    {
        bool succeeded = base.Execute() && !Log.HasLoggedErrors;
        Classes = [.. Specs.Select(OutputOf).Where(File.Exists).Select(Item)];
        return succeeded;
    }

    /// <inheritdoc/>
    protected override bool SkipTaskExecution()
    {
        DescribeInputs();
        BuildState? before = BuildState.Load(StateFile);
        string? why = before is null ? "there are none yet" : before.WhyOutputsDiffer() ?? before.WhyInputsDiffer(_now);
        if (why is null)
        {
            return true;
        }

        Log.LogMessage(FailIfNotIncremental ? MessageImportance.High : MessageImportance.Low, "generating the classes of the specs, because {0}", why);
        return false;
    }

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        CommandLineBuilder line = new();
        line.AppendSwitch(base.GenerateCommandLineCommands());
        line.AppendSwitch("generate");
        line.AppendFileNameIfNotNull(RequestFile);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        Directory.CreateDirectory(OutputFolder);
        File.WriteAllText(RequestFile, string.Concat(Request().Select(line => line + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        int exitCode = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        if (exitCode == 0 && !Log.HasLoggedErrors)
        {
            Remember();
        }

        return exitCode;
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            LogFailure(
                "VAE0037",
                $"the specs' classes could not be generated: the tool ended with exit code {ExitCode.ToString(CultureInfo.InvariantCulture)} and without an error of its own. Run it by hand to see more: {GenerateFullPathToTool()} {GenerateCommandLineCommands()}{LastLines}");
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        ToolEvent? known = ToolEvent.Parse(singleLine);
        switch (known?.Kind)
        {
            case "inputs":
                _filesRead.UnionWith(known.Texts("inputs"));
                break;
            case "class" when known.Text("file") is { } file:
                _written.Add(file);
                break;
            case "diagnostic":
                LogDiagnostic(known);
                break;
            default:
                LogLine(singleLine);
                break;
        }
    }

    // An item's text is escaped in MSBuild's own way; a path may hold any of these.
    private static TaskItem Item(string path) =>
        new(string.Concat(path.Select(letter => "%;*?@$()'".IndexOf(letter) < 0 ? letter.ToString() : "%" + ((int)letter).ToString("X2", CultureInfo.InvariantCulture))));

    private string OutputOf(ITaskItem spec) => Path.Combine(OutputFolder, spec.GetMetadata("Name") + ".g.cs");

    private void DescribeInputs()
    {
        // Line by line, so that the reason names what changed.
        string section = "";
        foreach (string line in Request())
        {
            string[] parts = line.Split(['\t'], 2);
            section = parts[0] == "spec" ? Path.GetFileName(parts[1]) + " " : section;
            string name = section + parts[0];
            _now.Options[name] = _now.Options.TryGetValue(name, out string? earlier) ? earlier + ";" + parts[1] : parts[1];
        }

        foreach (string path in ToolFiles.Concat(Specs.Select(spec => spec.GetMetadata("FullPath"))))
        {
            _now.Given[path] = FileStamp.Of(path);
        }
    }

    /// <summary>What the tool is asked for: lines of key, tab, value.</summary>
    private List<string> Request()
    {
        List<string> lines = [];
        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                lines.Add(key + "\t" + value);
            }
        }

        Add("project", Project);
        Add("namespace", RootNamespace);
        Add("models", ModelsFolder);
        Add("nullable", Nullable.Equals("enable", StringComparison.OrdinalIgnoreCase) || Nullable.Equals("annotations", StringComparison.OrdinalIgnoreCase) ? "true" : "false");
        foreach (IGrouping<string, ITaskItem> package in Packages.GroupBy(package => package.ItemSpec, StringComparer.OrdinalIgnoreCase))
        {
            // A package without a folder is the trainer's to report; a spec that needs it says so too.
            string folder = package.First().GetMetadata("Path").Trim();
            Add("package", folder.Length > 0 ? $"{package.Key}={Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Project)!, folder))}" : "");
        }

        foreach (ITaskItem spec in Specs)
        {
            Add("spec", spec.GetMetadata("FullPath"));
            Add("name", spec.GetMetadata("Name"));
            Add("output", OutputOf(spec));
            Add("class", spec.GetMetadata("ClassName"));
            Add("in", spec.GetMetadata("Namespace"));
            Add("access", spec.GetMetadata("Access"));
            Add("variant", spec.GetMetadata("Variant") is { Length: > 0 } variant ? variant : Variant);
            foreach (string value in List(spec, "Set", Overrides))
            {
                Add("set", value);
            }

            foreach (string value in List(spec, "Param", Parameters))
            {
                Add("param", value);
            }
        }

        return lines;
    }

    private void Remember()
    {
        foreach (string path in _filesRead.Where(path => !_now.Given.ContainsKey(path)))
        {
            _now.Read[path] = FileStamp.Of(path);
        }

        foreach (string path in _written)
        {
            _now.Outputs[path] = FileStamp.Of(path);
        }

        // Nothing but bases, or specs that leave no network.
        _now.IsAbstract = _written.Count == 0;
        _now.Save(StateFile);
    }
}
