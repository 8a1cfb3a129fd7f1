using Vae.Artifacts;
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

    /// <summary>Runs to the end and returns the exit code.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        SpecLoadResult loaded = SpecLoader.Load(specPath, loadOptions);
        foreach (Diagnostic diagnostic in loaded.TrainingDiagnostics)
            reporter.Report(diagnostic);
        if (loaded.Spec is not { } spec)
            return ExitCode.Failure;

        reporter.Reads(FilesOf(loaded, spec.Data));
        try
        {
            return Train(spec, Path.GetFullPath(Output ?? Path.Combine("artifacts", spec.Name)), cancellationToken);
        }
        catch (VaeException exception)
        {
            foreach (Diagnostic diagnostic in exception.Diagnostics)
                reporter.Report(AtSpec(diagnostic));
            return ExitCode.Failure;
        }
    }

    private int Train(Spec spec, string output, CancellationToken cancellationToken)
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
            return ExitCode.Success;
        }

        ArtifactWriter.CheckTarget(output);
        DataSet data = DataSetLoader.Load(spec.Data, dataOptions);
        foreach (Diagnostic warning in data.Warnings)
            reporter.Report(warning);
        int threads = spec.Train.Threads ?? Threads ?? ProcessorBudget.PhysicalCores();
        TrainingResult result = reporter.Run(spec, threads, device, progress => Trainer.Train(spec, data, new TrainOptions
        {
            Threads = threads,
            Device = wanted,
            Requests = ArtifactWriter.RequestsFor(spec),
            Progress = progress,
            Cancellation = cancellationToken,
        }));
        ArtifactWriter.Write(result, output, FingerprintWith(data.Files));
        reporter.Done(result, output);

        // The files are there even where a check fails: what was learned is not thrown away.
        bool failed = false;
        foreach (Diagnostic diagnostic in FailedChecks(result))
        {
            reporter.Report(AtSpec(diagnostic));
            failed |= diagnostic.Severity == Severity.Error;
        }

        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>
    /// Checks bind the experiment that they were written for. A variant, parameter or value from outside changes the experiment
    /// (a quick run need not be as good), so such a run only records them in its files, unless the variant brings checks of its own.
    /// </summary>
    private IEnumerable<Diagnostic> FailedChecks(TrainingResult result)
    {
        bool changed = loadOptions.Variant is not null || loadOptions.Parameters.Count > 0 || loadOptions.Sets.Count > 0;
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
