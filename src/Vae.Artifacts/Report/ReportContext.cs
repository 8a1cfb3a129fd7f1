using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report;

/// <summary>What a report can tell beside the result, where the caller knows it. It may differ for two trainings of one fingerprint.</summary>
public sealed record ReportContext
{
    /// <summary>Nothing.</summary>
    public static ReportContext None { get; } = new();

    /// <summary>Where each value of the spec came from: <see cref="SpecLoadResult.Origins"/>.</summary>
    public IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>The files that the spec was read from, itself first, then its bases: <see cref="SpecLoadResult.Files"/>. The page has their names without folders.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The values of the base that the spec extends, where the base is a whole spec; else empty.</summary>
    public IReadOnlyList<Origin> Base { get; init; } = [];

    /// <summary>The accepted loss curve, drawn in grey behind the new one; <c>null</c> where there is none.</summary>
    public Curve? Verified { get; init; }

    /// <summary>The accepted loss curve of a name in a folder of snapshots; <c>null</c> where there is none that can be read.</summary>
    /// <param name="folder">The folder <c>snapshots</c> beside the spec.</param>
    /// <param name="name">The name of the snapshots: the spec's, mostly.</param>
    public static Curve? FindVerified(string folder, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string path = Path.Combine(folder, name + ".loss.verified.csv");
        try
        {
            return File.Exists(path) ? LossCsv.Read(File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // The comparison of snapshots tells what is wrong with it.
            return null;
        }
    }
}
