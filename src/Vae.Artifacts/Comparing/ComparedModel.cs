using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Comparing;

/// <summary>One side of a comparison: a spec, or a spec with what its training left.</summary>
/// <param name="Path">What it was read from.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Values">Every value of the resolved spec.</param>
public sealed record ComparedModel(string Path, Spec Spec, IReadOnlyList<Origin> Values)
{
    /// <summary>The final metrics; <c>null</c> of a spec alone.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>The loss curve; <c>null</c> of a spec alone.</summary>
    public Curve? Curve { get; init; }

    /// <summary>Whether there are numbers to compare.</summary>
    public bool IsTrained => Metrics is not null;

    /// <summary>Reads the folder of a trained spec, or a spec.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="options">What is laid over a spec; of a folder the spec is resolved already.</param>
    /// <exception cref="VaeException">VAE5103: the folder is none of a trained spec; or what is wrong with the spec.</exception>
    public static ComparedModel Read(string path, SpecLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        bool isFolder = Directory.Exists(path);
        SpecLoadResult loaded = isFolder ? SpecLoader.Load(ArtifactFolder.Existing(path, ArtifactFolder.ResolvedSpec)) : SpecLoader.Load(path, options);
        if (loaded.Spec is not { } spec)
            throw new VaeException(loaded.TrainingDiagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
        var model = new ComparedModel(path, spec, loaded.Origins);
        return isFolder ? model with { Metrics = ArtifactFolder.ReadMetrics(path), Curve = ReadCurve(ArtifactFolder.Existing(path, ArtifactFolder.Loss)) } : model;
    }

    private static Curve ReadCurve(string path)
    {
        try
        {
            return LossCsv.Read(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(path, 0, 0), e.Message), e);
        }
    }
}
