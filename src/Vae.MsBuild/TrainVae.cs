using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Vae.MsBuild;

/// <summary>
/// Trains one spec: starts <c>vae train</c> in a process of its own, logs its events, and remembers what the result was made
/// from, so that the next build starts nothing. libtorch never enters the build's own process.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class TrainVae : VaeSpecTask
{
    private const int ExitCancelled = 130;
    private const int MilestonesPerRun = 10;

    private readonly TaskCompletionSource<int> _toolEnded = new();
    private readonly SortedSet<string> _filesRead = new(StringComparer.Ordinal);
    private readonly BuildState _now = new();
    private string _cancelFile = "";
    private string _reason = "";
    private bool _announced;
    private bool _done;
    private bool _abstract;
    private volatile bool _cancelled;
    private int _grantedCores;

    /// <summary>Creates the task; its node may build something else while it trains.</summary>
    public TrainVae() => YieldDuringToolExecution = true;

    /// <summary>The folder of the trained model, a full path.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Where to remember what the result was made from, a full path outside <see cref="OutputFolder"/>.</summary>
    [Required]
    public string StateFile { get; set; } = "";

    /// <summary>Further files that the result depends on.</summary>
    public ITaskItem[] Dependencies { get; set; } = [];

    /// <summary>The trainer's threads; where empty, one core is asked of the build.</summary>
    public string Threads { get; set; } = "";

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>; where empty, the spec decides.</summary>
    public string Device { get; set; } = "";

    /// <summary><c>cpu</c> or <c>cuda</c>: what libtorch must have; where empty, it is taken as it is.</summary>
    public string Backend { get; set; } = "";

    /// <summary>The project's NuGet package folder, where libtorch is looked for and restored to; the user's usual one where empty.</summary>
    public string PackageFolder { get; set; } = "";

    /// <summary><c>Auto</c>, or <c>Locked</c>: train nothing, and take the model of the lock file.</summary>
    public string Mode { get; set; } = "";

    /// <summary>The folder of the store of trained models, a full path; the user's own where empty; <c>none</c> for no store.</summary>
    public string Store { get; set; } = "";

    /// <summary>Whether the lock file beside the spec is written.</summary>
    public bool WriteLockFile { get; set; } = true;

    /// <summary>How long a cancelled trainer may take to stop by itself before it is killed.</summary>
    public int CancelSeconds { get; set; } = 10;

    private string LockFile => Path.ChangeExtension(SpecPath, ".lock");

    private bool IsLocked => string.Equals(Mode, "Locked", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            return base.Execute() && !Log.HasLoggedErrors;
        }
        finally
        {
            if (_grantedCores > 0)
            {
                BuildEngine9.ReleaseCores(_grantedCores);
            }
        }
    }

    /// <summary>Asks the trainer to stop at the next batch; kills it and its children where it does not.</summary>
    public override void Cancel()
    {
        _cancelled = true;
        try
        {
            if (_cancelFile.Length > 0)
            {
                File.WriteAllText(_cancelFile, "");
                _toolEnded.Task.Wait(TimeSpan.FromSeconds(CancelSeconds));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the file the trainer cannot be asked, so it is killed at once.
        }

        base.Cancel();
    }

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (PackageFolder.Length > 0)
        {
            EnvironmentVariables = [$"NUGET_PACKAGES={PackageFolder}"];
        }

        return base.ValidateParameters();
    }

    /// <summary>The first gate: nothing is started where every option and every file is as the last training left it.</summary>
    /// <returns>Whether there is nothing to do.</returns>
    protected override bool SkipTaskExecution()
    {
        DescribeInputs();
        BuildState? before = BuildState.Load(StateFile);

        string? why = before is null ? "there is no earlier result" : before.WhyOutputsDiffer() ?? before.WhyInputsDiffer(_now);
        if (why is null)
        {
            if (before!.IsAbstract)
            {
                LogAbstract();
            }
            else
            {
                Log.LogMessage(MessageImportance.High, "{0} is up to date", DisplayName);
            }

            return true;
        }

        _reason = why;
        if (FailIfNotIncremental)
        {
            Announce();
        }

        return false;
    }

    /// <summary>The project's folder: the NuGet configuration above it is the one to restore libtorch with.</summary>
    protected override string? GetWorkingDirectory() => ProjectFolder.Length > 0 ? ProjectFolder : null;

    /// <inheritdoc/>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        try
        {
            int exitCode = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
            if (!_abstract)
            {
                Announce();
            }

            if (exitCode == 0 && !_cancelled && !Log.HasLoggedErrors)
            {
                Remember();
            }
            else if (_done)
            {
                // There is a result, but a check refused it: the next build is to hear that too.
                File.Delete(StateFile);
            }

            return exitCode;
        }
        finally
        {
            _toolEnded.TrySetResult(0);
            File.Delete(_cancelFile);
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (_cancelled || ExitCode == ExitCancelled)
        {
            Log.LogMessage(MessageImportance.High, "{0}: cancelled", DisplayName);
        }
        else if (!Log.HasLoggedErrors)
        {
            LogCrash();
        }

        return false;
    }

    private protected override void Handle(ToolEvent known, string line)
    {
        _filesRead.UnionWith(known.Texts("inputs"));
        if (known.Kind is not ("inputs" or "abstract" or "fingerprint"))
        {
            Announce();
        }

        switch (known.Kind)
        {
            case "inputs":
                break;
            case "abstract":
                _abstract = true;
                LogAbstract();
                break;
            case "start":
                string length = known.Text("epochs") is { } epochs ? epochs + " epochs" : known.Text("steps") + " steps";
                Log.LogMessage(
                    MessageImportance.Normal, "{0}: {1} parameters, {2}, {3} threads, {4}", DisplayName, known.Text("parameters"), length, known.Text("threads"), known.Text("device"));
                break;
            case "epoch":
                LogEpoch(known);
                break;
            case "diagnostic":
                LogDiagnostic(known);
                break;
            case "up-to-date":
                _done = true;
                Log.LogMessage(MessageImportance.High, "{0} is up to date: what it is made from has the same content", DisplayName);
                break;
            case "restored":
                _done = true;
                Log.LogMessage(MessageImportance.High, "{0} was trained before and is taken from the store {1}", DisplayName, known.Text("store"));
                break;
            case "reason":
                // Contents often say more than times and lengths do; where they say the same, once is enough.
                MessageImportance importance = known.Text("text") == _reason ? MessageImportance.Low : MessageImportance.High;
                Log.LogMessage(importance, "{0}: training, because {1}", DisplayName, known.Text("text"));
                break;
            case "waiting":
                Log.LogMessage(MessageImportance.High, "{0}: waiting for {1}", DisplayName, known.Text("text"));
                break;
            case "note":
                Log.LogMessage(MessageImportance.High, "{0}: {1}", DisplayName, known.Text("message"));
                break;
            case "fingerprint":
                LogEach("input", known.Members("values"));
                Log.LogMessage(MessageImportance.Low, "VAE: [fingerprint] {0}", known.Text("fingerprint"));
                break;
            case "outputs":
                LogEach("output", known.Members("files"));
                break;
            case "done":
                _done = true;
                string metrics = string.Join("", known.Members("metrics").Select(metric => $", {metric.Key} {Short(metric.Value)}"));
                Log.LogMessage(MessageImportance.High, "{0}: trained in {1} s{2} -> {3}", DisplayName, Short(known.Text("seconds")), metrics, OutputFolder);
                break;
            default:
                Log.LogMessage(MessageImportance.Low, "{0}", line);
                break;
        }
    }

    // For whoever reads the binary log: all that the result was made from, and what it is.
    private void LogEach(string kind, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        foreach (KeyValuePair<string, string> value in values)
        {
            Log.LogMessage(MessageImportance.Low, "VAE: [{0}] {1}={2}", kind, value.Key, value.Value);
        }
    }

    // Said when the trainer says what it does: a base that is passed over is no news.
    private void Announce()
    {
        if (!_announced)
        {
            _announced = true;
            Log.LogMessage(MessageImportance.High, "{0}: starting the trainer, because {1}", DisplayName, _reason);
        }
    }

    private void LogAbstract() => Log.LogMessage(MessageImportance.Low, "{0} is abstract, a base for others: nothing is trained", DisplayName);

    // A long training shows about ten lines; every epoch is in the binary log.
    private void LogEpoch(ToolEvent epoch)
    {
        int number = epoch.Whole("epoch");
        int of = Math.Max(epoch.Whole("of"), 1);
        bool milestone = number * MilestonesPerRun / of != (number - 1) * MilestonesPerRun / of;
        Log.LogMessage(
            milestone ? MessageImportance.High : MessageImportance.Low,
            "{0}: epoch {1} of {2}, loss {3}, reconstruction {4}, kl {5}, {6} s left",
            DisplayName,
            number,
            of,
            Short(epoch.Text("loss")),
            Short(epoch.Text("reconstruction")),
            Short(epoch.Text("kl")),
            Short(epoch.Text("left")));
    }

    private void DescribeInputs()
    {
        DescribeSpecOptions(_now);
        _now.Options["threads"] = Option("Threads", Threads);
        _now.Options["device"] = Option("Device", Device);
        _now.Options["backend"] = Backend;
        _now.Options["mode"] = IsLocked ? "Locked" : "Auto";
        _now.Options["store"] = Store;

        foreach (string path in ToolFiles.Concat(Dependencies.Select(item => item.GetMetadata("FullPath"))).Append(SpecPath))
        {
            _now.Given[path] = FileStamp.Of(path);
        }
    }

    private protected override List<string> Arguments()
    {
        if (_cancelFile.Length == 0)
        {
            _cancelFile = Path.Combine(Path.GetTempPath(), $"vae-{Guid.NewGuid():N}.cancel");
        }

        List<string> arguments = ["train", SpecPath, "--output", OutputFolder];
        AddSpecOptions(arguments);
        AddOption(arguments, "--threads", ThreadsToUse());
        AddOption(arguments, "--device", Option("Device", Device));
        AddOption(arguments, "--backend", Backend);
        arguments.Add("--if-changed");
        if (!string.Equals(Store, "none", StringComparison.OrdinalIgnoreCase))
        {
            arguments.Add("--store");
            if (Store.Length > 0)
            {
                arguments.Add(Store);
            }
        }

        if (IsLocked)
        {
            arguments.Add("--locked");
        }
        else if (WriteLockFile)
        {
            arguments.Add("--lock");
        }

        foreach (ITaskItem dependency in Dependencies)
        {
            AddOption(arguments, "--depends-on", dependency.GetMetadata("FullPath"));
        }

        arguments.Add("--skip-abstract");
        // A build starts at the beginning every time, and leaves nothing half-done behind.
        AddOption(arguments, "--checkpoint-every", "0");
        arguments.Add("--json");
        AddOption(arguments, "--cancel-file", _cancelFile);
        return arguments;
    }

    // Sums of floats depend on the number of threads, so a number that was asked for is kept; only the build's accounts follow it.
    private string ThreadsToUse()
    {
        string asked = Option("Threads", Threads);
        bool isNumber = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
        if (_grantedCores == 0)
        {
            _grantedCores = BuildEngine9.RequestCores(isNumber ? number : 1);
        }

        return asked.Length > 0 ? asked : "1";
    }

    private void Remember()
    {
        _now.IsAbstract = _abstract;
        if (_abstract)
        {
            // It may have been a model of its own before.
            if (Directory.Exists(OutputFolder))
            {
                Directory.Delete(OutputFolder, recursive: true);
            }
        }
        else if (!Directory.Exists(OutputFolder))
        {
            LogFailure("VAE0021", $"the trainer reported no error but left nothing at '{OutputFolder}'. Run it by hand to see more: {PasteableCommand()}");
            return;
        }

        // The lock file is read and written by the trainer. One that is lost, or that came with a checkout, is its business again.
        IEnumerable<string> read = _abstract || !(IsLocked || WriteLockFile) ? _filesRead : _filesRead.Append(LockFile);
        foreach (string path in read.Where(path => !_now.Given.ContainsKey(path)))
        {
            _now.Read[path] = FileStamp.Of(path);
        }

        foreach (string path in _abstract ? [] : Directory.EnumerateFiles(OutputFolder, "*", SearchOption.AllDirectories))
        {
            _now.Outputs[path] = FileStamp.Of(path);
        }

        _now.Save(StateFile);
    }

    private static string Short(string? number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "?";
}
