using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts;

/// <summary>The names of a trained spec's files, and what its folder says of itself.</summary>
public static class ArtifactFolder
{
    /// <summary>The spec with every default filled in.</summary>
    public const string ResolvedSpec = "spec.resolved.yaml";

    /// <summary>The weights.</summary>
    public const string Weights = "model.safetensors";

    /// <summary>The model as a PyTorch module, which takes the weights.</summary>
    public const string PyTorch = "model.py";

    /// <summary>The weights in the form of TorchSharp's <c>Module.save</c>.</summary>
    public const string TorchSharpWeights = "model.dat";

    /// <summary>The encoder: <c>x</c> → <c>mu</c>, <c>logvar</c>.</summary>
    public const string Encoder = "encoder.onnx";

    /// <summary>The decoder: <c>z</c> → <c>x</c>.</summary>
    public const string Decoder = "decoder.onnx";

    /// <summary>The losses, a row an epoch.</summary>
    public const string Loss = "loss.csv";

    /// <summary>How the training went beside its losses, a row an epoch.</summary>
    public const string Health = "health.csv";

    /// <summary>The final metrics, the checks and the findings.</summary>
    public const string Metrics = "metrics.json";

    /// <summary>Layers, shapes and parameter counts.</summary>
    public const string Architecture = "architecture.txt";

    /// <summary>The folder of the plots, an SVG and a PNG each.</summary>
    public const string Plots = "plots";

    /// <summary>The folder of the pictures that the report shows of a spec that names no plots, an SVG each.</summary>
    public const string ReportPlots = "report";

    /// <summary>Decoded draws from the prior.</summary>
    public const string Samples = "samples.npy";

    /// <summary>The report.</summary>
    public const string Report = "report.html";

    /// <summary>Inputs' fingerprint, files' digests, versions.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>What varies from run to run.</summary>
    public const string Run = "run.json";

    /// <summary>The results of a sweep, beside the folders of its points.</summary>
    public const string Sweep = "sweep.csv";

    /// <summary>The picture of a sweep, without its extension.</summary>
    public const string SweepPicture = "sweep";

    /// <summary>All of them.</summary>
    internal static readonly string[] Names = [ResolvedSpec, Weights, PyTorch, TorchSharpWeights, Encoder, Decoder, Loss, Health, Metrics, Architecture, Plots, ReportPlots, Samples, Report, Manifest, Run];

    /// <summary>
    /// The fingerprint of the inputs that a folder was made from; <c>null</c> where there is no such folder or it is not whole:
    /// every file that the manifest names must be there in its size.
    /// </summary>
    public static string? FingerprintOf(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Manifest? manifest = ManifestOf(folder);
        bool whole = manifest is not null && manifest.Files.All(file =>
            new FileInfo(Path.Combine(folder, file.Key)) is { Exists: true } info && info.Length == file.Value.Bytes);
        return whole ? manifest!.Inputs.Fingerprint : null;
    }

    /// <summary>What a folder was made from; <c>null</c> where there is no such folder or it is not whole: every file must have the manifest's digest.</summary>
    public static InputRecord? VerifiedInputsOf(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return ManifestOf(folder) is { } manifest && FilesOf(folder, manifest) is not null ? manifest.Inputs : null;
    }

    /// <summary>What a folder says that it was made from, whole or not; <c>null</c> where it says nothing.</summary>
    public static InputRecord? InputsOf(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return ManifestOf(folder)?.Inputs;
    }

    /// <summary>
    /// Puts back what a process that was killed left beside a folder: an old folder on its way out where nothing has its place yet;
    /// other remains are removed. Those of a process that still runs are left alone.
    /// </summary>
    public static void Recover(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        FolderSwap.Recover(folder);
    }

    /// <summary>The spec that a folder was made from.</summary>
    /// <exception cref="VaeException">VAE5103: there is none; or what is wrong with it.</exception>
    public static Spec ReadSpec(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SpecLoadResult loaded = SpecLoader.Load(Existing(folder, ResolvedSpec));
        return loaded.Spec ?? throw new VaeException(loaded.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
    }

    /// <summary>The final metrics of a trained spec, by name; empty where its folder holds none that can be read.</summary>
    public static IReadOnlyDictionary<string, double> ReadMetrics(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, Metrics)));
            return json.RootElement.GetProperty("final").EnumerateObject()
                .Where(metric => metric.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                .ToDictionary(metric => metric.Name, metric => JsonText.ReadNumber(metric.Value), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new Dictionary<string, double>();
        }
    }

    /// <summary>What was found of a trained spec, warnings first; nothing where its folder holds no findings that can be read.</summary>
    public static IReadOnlyList<Finding> ReadFindings(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            return MetricsJson.ReadFindings(File.ReadAllText(Path.Combine(folder, Metrics)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    internal static string Existing(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? path
            : throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(folder, 0, 0), $"there is no {name}: this is no folder of a trained spec"));
    }

    /// <summary>The files that a manifest names, by path, with the manifest itself and <c>run.json</c>; <c>null</c> unless each has its digest.</summary>
    internal static SortedDictionary<string, byte[]>? FilesOf(string folder, Manifest manifest)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        try
        {
            foreach ((string path, FileDigest digest) in manifest.Files)
            {
                string file = Path.Combine(folder, path);
                if (new FileInfo(file) is not { Exists: true } info || info.Length != digest.Bytes)
                    return null;
                files[path] = File.ReadAllBytes(file);
                if (FileDigest.Of(files[path]) != digest)
                    return null;
            }

            files[Manifest] = File.ReadAllBytes(Path.Combine(folder, Manifest));
            if (File.Exists(Path.Combine(folder, Run)))
                files[Run] = File.ReadAllBytes(Path.Combine(folder, Run));
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static Manifest? ManifestOf(string folder)
    {
        string path = Path.Combine(folder, Manifest);
        try
        {
            return File.Exists(path) ? Writing.Manifest.Read(File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
