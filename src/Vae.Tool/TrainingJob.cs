using Vae.Artifacts;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Report;
using Vae.Artifacts.Snapshots;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Tool.Output;
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

    /// <summary>Whether a folder made from the same inputs is left as it is.</summary>
    public bool OnlyIfChanged { get; init; }

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
            return Train(spec, loaded, Path.GetFullPath(Output ?? Path.Combine("artifacts", spec.Name)), cancellationToken);
        }
        catch (VaeException exception)
        {
            foreach (Diagnostic diagnostic in exception.Diagnostics)
                reporter.Report(AtSpec(diagnostic));
            return ExitCode.Failure;
        }
    }

    private int Train(Spec spec, SpecLoadResult loaded, string output, CancellationToken cancellationToken)
    {
        var dataOptions = new DataLoadOptions
        {
            SpecDirectory = Path.GetDirectoryName(Path.GetFullPath(specPath))!,
            Seed = spec.Train.Seed,
            Cancellation = cancellationToken,
        };
        TorchRuntimeInfo runtime = TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { TuneAllocator = true });
        DeviceChoice wanted = spec.Train.Device == DeviceChoice.Auto ? Device ?? DeviceChoice.Auto : spec.Train.Device;
        string device = wanted == DeviceChoice.Cuda || (wanted == DeviceChoice.Auto && runtime.CudaAvailable) ? "cuda" : "cpu";
        string FingerprintWith(IReadOnlyList<DataFileDigest> files) => Fingerprint.Of(spec, files, device, Trainer.SemanticVersion);

        // Digests are enough to see that nothing changed: no example is unpacked for that.
        if (OnlyIfChanged && ArtifactFolder.FingerprintOf(output) is { } existing &&
            existing == FingerprintWith(DataSetLoader.Digest(spec.Data, dataOptions)))
        {
            reporter.UpToDate(spec, output);
            Metrics = ArtifactFolder.ReadMetrics(output);
            return ExitCode.Success;
        }

        ArtifactWriter.CheckTarget(output);
        CheckpointStore checkpoints = new(CheckpointFile.PathFor(output), reporter);
        Checkpoint? earlier = checkpoints.Open(Resume);
        DataSet data = DataSetLoader.Load(spec.Data, dataOptions);
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
                Progress = progress,
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

        ArtifactWriter.Write(result, output, FingerprintWith(data.Files), ContextOf(loaded));
        checkpoints.Remove();
        reporter.Done(result, output);
        Metrics = result.Metrics;

        foreach (Finding finding in Linter.Findings(result))
            reporter.Report(AtSpec(finding.ToDiagnostic(loaded.Origins)));

        // The files are there even where a check fails: what was learned is not thrown away.
        bool failed = false;
        foreach (Diagnostic diagnostic in FailedChecks(result))
        {
            reporter.Report(AtSpec(diagnostic));
            failed |= diagnostic.Severity == Severity.Error;
        }

        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>What the report can tell besides: who wrote which value, what the base says, and what curve was accepted.</summary>
    private ReportContext ContextOf(SpecLoadResult loaded)
    {
        string snapshots = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(specPath))!, SnapshotVerifier.FolderName);
        return new ReportContext
        {
            Origins = loaded.Origins,
            Files = loaded.Files,
            Base = loaded.Files.Count > 1 ? SpecLoader.Load(loaded.Files[1], new SpecLoadOptions { Packages = loadOptions.Packages }).Origins : [],
            Verified = ReportContext.FindVerified(snapshots, SnapshotJob.NameOf(specPath, loadOptions.Variant)),
        };
    }

    /// <summary>
    /// Checks bind the experiment that they were written for. A variant, parameter or value from outside changes the experiment
    /// (a quick run need not be as good), so such a run only records them in its files, unless the variant brings checks of its own.
    /// </summary>
    private IEnumerable<Diagnostic> FailedChecks(TrainingResult result)
    {
        bool changed = Point is not null || loadOptions.Variant is not null || loadOptions.Parameters.Count > 0 || loadOptions.Sets.Count > 0;
        bool binding = !changed || SpecLoader.Load(specPath, new SpecLoadOptions { Packages = loadOptions.Packages }).Spec?.Checks != result.Spec.Checks;
        return binding ? ChecksEvaluator.Evaluate(result) : [];
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
