using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>A trained model and the snapshots that it is compared with, found from its spec.</summary>
internal sealed class SnapshotJob
{
    private readonly string modelFolder;
    private readonly string snapshotFolder;
    private readonly Spec spec;
    private readonly SnapshotOptions options;

    private SnapshotJob(string modelFolder, string snapshotFolder, Spec spec, SnapshotOptions options, Location place)
    {
        this.modelFolder = modelFolder;
        this.snapshotFolder = snapshotFolder;
        this.spec = spec;
        this.options = options;
        Place = place;
    }

    /// <summary>Where the spec says what must hold: its key <c>checks</c>, or its beginning where only a base has one.</summary>
    public Location Place { get; }

    /// <summary>Finds them.</summary>
    /// <param name="specPath">The spec.</param>
    /// <param name="loadOptions">What is laid over it.</param>
    /// <param name="artifacts">The model's folder; <c>null</c> for <c>artifacts/&lt;name&gt;</c>, where <c>vae train</c> writes.</param>
    /// <param name="snapshots">The folder of the snapshots; <c>null</c> for <c>snapshots</c> beside the spec.</param>
    /// <param name="name">The snapshots' name; <c>null</c> for the spec's file, with the variant behind it.</param>
    /// <param name="writeReceived">Whether what differs is written beside the accepted files.</param>
    /// <exception cref="VaeException">The spec or the model cannot be read.</exception>
    public static SnapshotJob Open(string specPath, SpecLoadOptions loadOptions, string? artifacts, string? snapshots, string? name, bool writeReceived)
    {
        SpecLoadResult loaded = SpecLoader.Load(specPath, loadOptions);
        if (loaded.Spec is not { } written)
            throw new VaeException(loaded.TrainingDiagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
        string folder = Path.GetFullPath(artifacts ?? Path.Combine("artifacts", written.Name));
        // The tolerances are those that the spec says now: a training need not be repeated for them.
        Spec trained = ArtifactFolder.ReadSpec(folder) with { Checks = written.Checks };
        Location place = loaded.ChecksAt is { } checks && checks.File == specPath ? checks : new Location(specPath, 1, 1);
        return new SnapshotJob(
            folder,
            Path.GetFullPath(snapshots ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(specPath))!, SnapshotVerifier.FolderName)),
            trained,
            new SnapshotOptions { Name = name ?? NameOf(specPath, loadOptions.Variant), WriteReceived = writeReceived },
            place);
    }

    /// <summary>The name of a spec's snapshots: that of its file, with the variant behind it.</summary>
    public static string NameOf(string specPath, string? variant)
    {
        string file = Path.GetFileName(specPath);
        string name = file.EndsWith(".vae.yaml", StringComparison.OrdinalIgnoreCase) ? file[..^".vae.yaml".Length] : Path.GetFileNameWithoutExtension(file);
        return variant is null ? name : $"{name}-{variant}";
    }

    /// <summary>Compares.</summary>
    public SnapshotResult Verify() => SnapshotVerifier.Verify(modelFolder, snapshotFolder, spec, options);

    /// <summary>Compares, and accepts what differs.</summary>
    public SnapshotResult Accept() => SnapshotVerifier.Accept(modelFolder, snapshotFolder, spec, options);
}
