using System.Globalization;
using Microsoft.Build.Framework;

namespace Vae.MsBuild;

/// <summary>
/// Compares one trained spec with its snapshots, or accepts them: starts <c>vae verify</c> or <c>vae accept</c>, and remembers what was found equal, so
/// that the next build starts nothing.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyVae : VaeSpecTask
{
    private static readonly string[] Compared = ["manifest.json", "metrics.json", "loss.csv", "architecture.txt", "spec.resolved.yaml"];

    private readonly BuildState _now = new();

    /// <summary>The folder of the trained model, a full path.</summary>
    [Required]
    public string ModelFolder { get; set; } = "";

    /// <summary>The folder of the accepted files, a full path; it need not exist.</summary>
    [Required]
    public string SnapshotFolder { get; set; } = "";

    /// <summary>The name under which the model's snapshots lie in it.</summary>
    [Required]
    public string SnapshotName { get; set; } = "";

    /// <summary>Where to remember what was found equal, a full path.</summary>
    [Required]
    public string StateFile { get; set; } = "";

    /// <summary><c>Auto</c> compares where snapshots were accepted, <c>true</c> always.</summary>
    public string Mode { get; set; } = "Auto";

    /// <summary>Whether what differs is written beside the accepted files.</summary>
    public bool WriteReceived { get; set; } = true;

    /// <summary>Whether the snapshots are accepted rather than compared.</summary>
    public bool Accept { get; set; }

    /// <inheritdoc/>
    public override bool Execute() => base.Execute() && !Log.HasLoggedErrors;

    /// <summary>Nothing is started where nothing was accepted, and where every file is as it was when all were found equal.</summary>
    /// <returns>Whether there is nothing to do.</returns>
    protected override bool SkipTaskExecution()
    {
        // An abstract spec leaves no model.
        if (!File.Exists(Path.Combine(ModelFolder, "manifest.json")))
        {
            return true;
        }

        if (Accept)
        {
            return false;
        }

        string[] accepted = AcceptedFiles();
        bool isAuto = string.Equals(Mode, "Auto", StringComparison.OrdinalIgnoreCase);
        DescribeInputs(accepted, isAuto);
        string? why = BuildState.Load(StateFile) is { } before ? before.WhyInputsDiffer(_now) : "nothing is known of an earlier comparison";
        if (why is null)
        {
            return true;
        }

        if (isAuto && accepted.Length == 0)
        {
            // Told once for each model.
            Log.LogMessage(MessageImportance.High, "{0}: there are no snapshots in {1}; 'dotnet build -t:AcceptVaeSnapshots' makes the first ones", DisplayName, SnapshotFolder);
            _now.Save(StateFile);
            return true;
        }

        // Whoever changes an experiment for one build does not want it compared with the one that is kept.
        if (isAuto && (Asks(Overrides) || Asks(Parameters)))
        {
            Log.LogMessage(MessageImportance.High, "{0}: not compared with its snapshots, because VaeSet or VaeParam changes it; -p:VaeVerify=true compares all the same", DisplayName);
            return true;
        }

        Log.LogMessage(FailIfNotIncremental ? MessageImportance.High : MessageImportance.Low, "{0}: comparing with its snapshots, because {1}", DisplayName, why);
        return false;
    }

    /// <inheritdoc/>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        // Until it is known that all is equal, nothing is.
        File.Delete(StateFile);
        int exitCode = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        if (exitCode == 0 && !Accept && !Log.HasLoggedErrors)
        {
            _now.Save(StateFile);
        }

        return exitCode;
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            LogCrash();
        }

        return false;
    }

    private protected override List<string> Arguments()
    {
        List<string> arguments = [Accept ? "accept" : "verify", SpecPath, "--artifacts", ModelFolder, "--snapshots", SnapshotFolder, "--name", SnapshotName];
        AddSpecOptions(arguments);
        if (!WriteReceived && !Accept)
        {
            arguments.Add("--no-received");
        }

        arguments.Add("--json");
        return arguments;
    }

    private protected override void Handle(ToolEvent known, string line)
    {
        switch (known.Kind)
        {
            case "diagnostic":
                LogDiagnostic(known);
                break;
            case "verified":
                Log.LogMessage(
                    MessageImportance.High,
                    known.Whole("different") == 0 ? "{0}: {1} snapshots are equal within their tolerances" : "{0}: {2} of {3} snapshots differ; the received files are in {4}",
                    DisplayName,
                    known.Whole("equal").ToString(CultureInfo.InvariantCulture),
                    known.Whole("different").ToString(CultureInfo.InvariantCulture),
                    (known.Whole("equal") + known.Whole("different")).ToString(CultureInfo.InvariantCulture),
                    SnapshotFolder);
                break;
            case "note":
                Log.LogMessage(MessageImportance.High, "{0}: {1}", DisplayName, known.Text("message") ?? "");
                break;
            default:
                Log.LogMessage(MessageImportance.Low, "{0}", line);
                break;
        }
    }

    private static bool Asks(string[] values) => values.Any(value => value.Trim(' ', ';').Length > 0);

    private string[] AcceptedFiles() => Directory.Exists(SnapshotFolder)
        ? [.. Directory.EnumerateFiles(SnapshotFolder, SnapshotName + ".*.verified.*")]
        : [];

    private void DescribeInputs(string[] accepted, bool isAuto)
    {
        DescribeSpecOptions(_now);
        _now.Options["VaeVerify"] = isAuto ? "Auto" : "true";
        _now.Options["snapshots"] = SnapshotFolder;
        _now.Options["name"] = SnapshotName;

        string plots = Path.Combine(ModelFolder, "plots");
        IEnumerable<string> pictures = Directory.Exists(plots) ? Directory.EnumerateFiles(plots, "*.png") : [];
        IEnumerable<string> model = Compared.Select(name => Path.Combine(ModelFolder, name));
        foreach (string path in ToolFiles.Concat(model).Concat(pictures).Concat(accepted).Append(SpecPath))
        {
            _now.Given[path] = FileStamp.Of(path);
        }
    }
}
