using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report;

/// <summary>All that the page shows: of a training that has just ended, or of a folder that one left.</summary>
public sealed record ReportContent
{
    /// <summary>What was trained.</summary>
    public required Spec Spec { get; init; }

    /// <summary>The losses.</summary>
    public required Curve Curve { get; init; }

    /// <summary>How the training went beside its losses; empty where nobody watched.</summary>
    public required IReadOnlyList<EpochHealth> Health { get; init; }

    /// <summary>The final metrics by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>What was found, warnings first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The plots in their order.</summary>
    public required IReadOnlyList<DrawnPlot> Plots { get; init; }

    /// <summary>The other files of the folder.</summary>
    public required IReadOnlyList<ReportFile> Files { get; init; }

    /// <summary>The data files that were read.</summary>
    public required IReadOnlyList<DataFileDigest> Data { get; init; }

    /// <summary>Versions by name.</summary>
    public required IReadOnlyDictionary<string, string> Libraries { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>; empty where it is not known.</summary>
    public required string Device { get; init; }

    /// <summary>What the caller knows besides.</summary>
    public ReportContext Context { get; init; } = ReportContext.None;

    /// <summary>The content of a result.</summary>
    /// <param name="result">What was trained and measured.</param>
    /// <param name="plots">The plots in their order.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="files">The other files of the folder by path.</param>
    /// <param name="context">What the caller knows besides.</param>
    public static ReportContent Of(
        TrainingResult result, IReadOnlyList<DrawnPlot> plots, IReadOnlyList<Finding> findings, IReadOnlyDictionary<string, byte[]> files, ReportContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(files);
        return new ReportContent
        {
            Spec = result.Spec,
            Curve = result.Curve,
            Health = result.Health,
            Metrics = result.Metrics,
            Findings = findings,
            Plots = plots,
            Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new ReportFile(file.Key, file.Value.Length, Sha256.Of(file.Value)))],
            Data = result.Data,
            Libraries = Manifest.LibrariesOf(result.Run),
            Device = result.Run.Device,
            Context = context ?? ReportContext.None,
        };
    }

    /// <summary>Reads a folder that <see cref="ArtifactWriter"/> wrote. The page of it is the one that lies there, where the context is the same.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="context">What the caller knows besides.</param>
    /// <exception cref="VaeException">VAE5103: a file is missing or cannot be read.</exception>
    public static ReportContent Read(string folder, ReportContext? context = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Spec spec = ArtifactFolder.ReadSpec(folder);
        string manifest = Text(ArtifactFolder.Manifest), metrics = Text(ArtifactFolder.Metrics), curve = Text(ArtifactFolder.Loss);
        return Parsed(ArtifactFolder.Manifest, () =>
        {
            using JsonDocument ofManifest = JsonDocument.Parse(manifest);
            InputRecord inputs = InputRecord.Read(ofManifest.RootElement);
            return new ReportContent
            {
                Spec = spec,
                Curve = Parsed(ArtifactFolder.Loss, () => LossCsv.Read(curve)),
                Health = File.Exists(At(ArtifactFolder.Health)) ? Parsed(ArtifactFolder.Health, () => HealthCsv.Read(File.ReadAllText(At(ArtifactFolder.Health)))) : [],
                Metrics = ArtifactFolder.ReadMetrics(folder),
                Findings = Parsed(ArtifactFolder.Metrics, () => MetricsJson.ReadFindings(metrics)),
                Plots =
                [
                    .. PlannedPlot.Of(spec)
                        .Where(planned => File.Exists(At(planned.SvgPath(spec))))
                        .Select(planned => new DrawnPlot(planned.Name, planned.Plot, new PlotFiles(File.ReadAllText(At(planned.SvgPath(spec))), () => File.ReadAllBytes(At($"{ArtifactFolder.Plots}/{planned.Name}.png"))))),
                ],
                Files =
                [
                    .. FileDigest.Read(ofManifest.RootElement)
                        .Where(file => file.Key != ArtifactFolder.Report)
                        .Select(file => new ReportFile(file.Key, file.Value.Bytes, file.Value.Sha256)),
                ],
                Data = inputs.Data,
                Libraries = ofManifest.RootElement.GetProperty("libraries").EnumerateObject().ToDictionary(library => library.Name, library => library.Value.GetString()!, StringComparer.Ordinal),
                Device = inputs.Device,
                Context = context ?? ReportContext.None,
            };
        });

        string At(string file) => Path.Combine(folder, file);

        string Text(string file) => Parsed(file, () => File.ReadAllText(ArtifactFolder.Existing(folder, file)));

        T Parsed<T>(string file, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
            {
                throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(At(file), 0, 0), e.Message), e);
            }
        }
    }
}
