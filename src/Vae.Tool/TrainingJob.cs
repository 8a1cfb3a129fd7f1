using Vae.Artifacts;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Store;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Tool.Output;
using Vae.Tool.Watching;
using Vae.Torch;
using Vae.Torch.Native;

namespace Vae.Tool;

/// <summary>The whole way from a spec's text to a folder of artifacts.</summary>
internal sealed class TrainingJob(string specPath, SpecLoadOptions loadOptions, ITrainingReporter reporter)
{
    /// <summary>The folder to write; <c>artifacts/&lt;name&gt;</c> where it is <c>null</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Threads, unless the spec says; <c>null</c> for all physical cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The device, unless the spec says.</summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>What libtorch must have; <c>null</c> for what is there.</summary>
    public Backend? Backend { get; init; }

    /// <summary>Whether a folder made from the same inputs is left as it is.</summary>
    public bool OnlyIfChanged { get; init; }

    /// <summary>Where models that were trained before are looked for and kept; <c>null</c> for nowhere.</summary>
    public ModelStore? Store { get; init; }

    /// <summary>The lock file beside the spec, which is written after a training; <c>null</c> for none.</summary>
    public SpecLockFile? LockFile { get; init; }

    /// <summary>Whether nothing is trained: the model of the lock file is taken from where it is, or it is an error.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Further files whose content the result depends on.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>Whether a checkpoint that an earlier run left is gone on from.</summary>
    public bool Resume { get; init; }

    /// <summary>Epochs between two checkpoints, 0 for none; <c>null</c> for at most one a minute.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>The point of a sweep that is trained; <c>null</c> for the spec as it is.</summary>
    public SweepPoint? Point { get; init; }

    /// <summary>Whether an abstract spec is passed over; it is an error where somebody asks to train it.</summary>
    public bool SkipsAbstract { get; init; }

    /// <summary>The final metrics of the folder that was written or left as it is; empty before, and where there is none.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; private set; } = new Dictionary<string, double>();

    /// <summary>Runs to the end and returns the exit code.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written but the checkpoint of the last whole epoch.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        SpecLoadResult loaded = Point?.Load() ?? SpecLoader.Load(specPath, loadOptions);
        if (SkipsAbstract && loaded is { AbstractAt: not null, Diagnostics: [] })
        {
            reporter.Reads([.. loaded.Files.Select(path => Path.GetFullPath(path))]);
            reporter.Abstract(specPath);
            return ExitCode.Success;
        }

        foreach (Diagnostic diagnostic in loaded.TrainingDiagnostics)
            reporter.Report(diagnostic);
        if (loaded.Spec is not { } spec)
            return ExitCode.Failure;

        reporter.Reads(FilesOf(loaded, spec.Data));
        try
        {
            string output = Path.GetFullPath(Output ?? Path.Combine("artifacts", spec.Name));
            ArtifactFolder.Recover(output);
            return OnlyIfChanged || IsLocked || Store is not null || LockFile is not null
                ? TrainIfNeeded(spec, loaded, output, cancellationToken)
                : Train(spec, loaded, output, cancellationToken);
        }
        catch (VaeException exception)
        {
            foreach (Diagnostic diagnostic in exception.Diagnostics)
                reporter.Report(AtSpec(diagnostic));
            return ExitCode.Failure;
        }
    }

    private int TrainIfNeeded(Spec spec, SpecLoadResult loaded, string output, CancellationToken cancellationToken)
    {
        // Digests are enough to see that nothing changed: no example is unpacked and no libtorch loaded for that.
        InputRecord inputs = InputRecord.Of(spec, [.. DataSetLoader.Digest(spec.Data, DataOptions(spec, cancellationToken)), .. DigestsOfDependencies(cancellationToken)], ExpectedDevice(spec), Trainer.SemanticVersion);
        reporter.StartsFrom(inputs, [.. Asked()]);
        SpecLockEntry? expected = IsLocked ? LockFile!.Require(inputs, loaded.Origins, fingerprint => ValuesOf(fingerprint, output)) : null;

        EarlierModels earlier = new(spec, inputs, loaded.Origins, output, Store, reporter);
        using FileLock? alone = earlier.Enter(cancellationToken);
        if (earlier.Find(expected, specPath))
            return Finish(spec, loaded, output, cancellationToken);
        if (IsLocked)
        {
            throw new VaeException(DiagnosticTable.Store.ModelMissing.At(
                new Location(specPath, 1, 1),
                $"nothing is trained with the lock, and its model ({inputs.Fingerprint[..12]}) is neither in '{output}' nor in the store{(Store is null ? ", which is switched off" : $" '{Store.Folder}'")}. Share the store of a machine that trained it (VaeCacheDirectory), or train here once without the lock (VaeMode=Auto)"));
        }

        reporter.Trains(spec, earlier.Reasons(LockFile?.Find(inputs.Device)));
        return Train(spec, loaded, output, cancellationToken, earlier.Keep);
    }

    private int Train(Spec spec, SpecLoadResult loaded, string output, CancellationToken cancellationToken, Action? keep = null)
    {
        using ProgressFile progressFile = new(spec.Name, output);
        TorchRuntimeInfo runtime = LibTorch.EnsureLoaded(Backend, text => reporter.Note(spec, text), cancellationToken);
        DeviceChoice wanted = WantedDevice(spec);
        string device = wanted == DeviceChoice.Cuda || (wanted == DeviceChoice.Auto && runtime.CudaAvailable) ? "cuda" : "cpu";
        using FileLock? card = device == "cuda" && Store is not null ? MachineLock.TakeGraphicsCard(owner => reporter.Waits(owner, "which uses the graphics card"), cancellationToken) : null;

        ArtifactWriter.CheckTarget(output);
        CheckpointStore checkpoints = new(CheckpointFile.PathFor(output), reporter);
        Checkpoint? earlier = checkpoints.Open(Resume);
        // Before the training, as the data: what changes meanwhile is the next one's.
        DataFileDigest[] dependencies = [.. DigestsOfDependencies(cancellationToken)];
        DataSet data = DataSetLoader.Load(spec.Data, DataOptions(spec, cancellationToken));
        foreach (Diagnostic warning in data.Warnings)
            reporter.Report(warning);
        int threads = spec.Train.Threads ?? Threads ?? ProcessorBudget.PhysicalCores();
        TrainingResult result;
        try
        {
            result = reporter.Run(spec, threads, device, progress => Trainer.Train(spec, data, new TrainOptions
            {
                Threads = threads,
                Device = wanted,
                Requests = ArtifactWriter.RequestsFor(spec),
                Progress = progressFile.Before(progress),
                Cancellation = cancellationToken,
                ResumeFrom = earlier,
                CheckpointEvery = CheckpointEvery is 0 ? null : CheckpointEvery,
                SaveCheckpoint = CheckpointEvery is 0 ? null : checkpoints.Save,
            }));
        }
        catch (OperationCanceledException)
        {
            checkpoints.TellWhatIsKept();
            throw;
        }
        catch (VaeException exception)
        {
            throw new VaeException(exception.Diagnostics.Select(checkpoints.AtFile), exception);
        }

        result = result with { Data = [.. data.Files, .. dependencies] };
        progressFile.Finishes();
        OnnxComparison comparison = new(result, diagnostic => reporter.Report(AtSpec(diagnostic)), text => reporter.Note(spec, text), cancellationToken);
        ArtifactWriter.Write(result, output, Fingerprint.Of(spec, result.Data, device, Trainer.SemanticVersion), comparison.Run, SpecReport.ContextOf(specPath, loadOptions, loaded));
        checkpoints.Remove();
        keep?.Invoke();
        reporter.Done(result, output);
        return Finish(spec, loaded, output, cancellationToken);
    }

    /// <summary>What is due once the output holds the model, whether it was trained now or before.</summary>
    private int Finish(Spec spec, SpecLoadResult loaded, string output, CancellationToken cancellationToken)
    {
        Metrics = ArtifactFolder.ReadMetrics(output);
        foreach (Finding finding in ArtifactFolder.ReadFindings(output))
            reporter.Report(AtSpec(finding.ToDiagnostic(loaded.Origins)));

        // The files are there even where a check fails: what was learned is not thrown away. But nobody is to commit it.
        bool failed = false;
        foreach (Diagnostic diagnostic in FailedChecks(spec))
        {
            reporter.Report(AtSpec(diagnostic));
            failed |= diagnostic.Severity == Severity.Error;
        }

        if (SpecLockEntry.Of(output) is { } entry)
            reporter.Leaves(entry.Outputs);
        if (!failed && !IsLocked)
            LockFile?.Keep(output, text => reporter.Note(spec, text), cancellationToken);
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private DataLoadOptions DataOptions(Spec spec, CancellationToken cancellationToken) => new()
    {
        SpecDirectory = Path.GetDirectoryName(Path.GetFullPath(specPath))!,
        Seed = spec.Train.Seed,
        Cancellation = cancellationToken,
    };

    private IEnumerable<DataFileDigest> DigestsOfDependencies(CancellationToken cancellationToken) =>
        Dependencies.Select(path => DataSetLoader.Digest(Path.GetFullPath(path), cancellationToken));

    private DeviceChoice WantedDevice(Spec spec)
    {
        DeviceChoice asked = spec.Train.Device == DeviceChoice.Auto ? Device ?? DeviceChoice.Auto : spec.Train.Device;
        return asked != DeviceChoice.Auto ? asked : Backend switch
        {
            Tool.Backend.Cpu => DeviceChoice.Cpu,
            Tool.Backend.Cuda => DeviceChoice.Cuda,
            _ => DeviceChoice.Auto,
        };
    }

    /// <summary>The device of a training, known without loading libtorch wherever that is possible.</summary>
    private string ExpectedDevice(Spec spec) => WantedDevice(spec) switch
    {
        DeviceChoice.Cuda => "cuda",
        DeviceChoice.Auto when TorchRuntime.HasCudaLibraries() && TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { TuneAllocator = true }).CudaAvailable => "cuda",
        _ => "cpu",
    };

    /// <summary>What was asked for beside the spec, for those who read a build's log.</summary>
    private IEnumerable<KeyValuePair<string, string>> Asked()
    {
        if (loadOptions.Variant is { } variant)
            yield return new("variant", variant);
        foreach (string value in loadOptions.Parameters)
            yield return new("param", value);
        foreach (string value in loadOptions.Sets)
            yield return new("set", value);
    }

    /// <summary>The values of an earlier training: that of the output folder where it is the one, else that of the store.</summary>
    private IReadOnlyList<Origin> ValuesOf(string fingerprint, string output) =>
        ArtifactFolder.InputsOf(output)?.Fingerprint == fingerprint ? SpecValues.Of(output) : Store?.ValuesOf(fingerprint) ?? [];

    /// <summary>
    /// Checks bind the experiment that they were written for. A variant, parameter or value from outside changes the experiment
    /// (a quick run need not be as good), so such a run only records them in its files, unless the variant brings checks of its own.
    /// </summary>
    private IEnumerable<Diagnostic> FailedChecks(Spec spec)
    {
        bool changed = Point is not null || loadOptions.Variant is not null || loadOptions.Parameters.Count > 0 || loadOptions.Sets.Count > 0;
        bool binding = !changed || SpecLoader.Load(specPath, new SpecLoadOptions { Packages = loadOptions.Packages }).Spec?.Checks != spec.Checks;
        return binding ? ChecksEvaluator.Evaluate(spec, Metrics) : [];
    }

    /// <summary>The spec with its bases, and what it reads by path. A named set has one content for ever, so its files are no inputs.</summary>
    private List<string> FilesOf(SpecLoadResult loaded, DataSpec data)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(specPath))!;
        // Labels are a file, an array in one or a column: the source decides, and only a file is there.
        IEnumerable<string> read = new[] { data.Path, data.Labels }
            .OfType<string>()
            .Select(path => Path.GetFullPath(path, folder))
            .Where(path => File.Exists(path) || Directory.Exists(path));
        return [.. loaded.Files.Select(path => Path.GetFullPath(path)), .. read];
    }

    /// <summary>A fault of data or training is shown at the spec that asked for it, where no other file is to blame.</summary>
    private Diagnostic AtSpec(Diagnostic diagnostic) =>
        diagnostic.Location is null ? diagnostic with { Location = new Location(specPath, 1, 1) } : diagnostic;
}
