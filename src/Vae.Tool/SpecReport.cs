using Vae.Artifacts.Report;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;

namespace Vae.Tool;

/// <summary>What a report can tell of a spec beside its result.</summary>
internal static class SpecReport
{
    /// <summary>Who wrote which value, what the base says, and what curve was accepted.</summary>
    /// <param name="specPath">The spec.</param>
    /// <param name="options">What was laid over it.</param>
    /// <param name="loaded">What was read.</param>
    public static ReportContext ContextOf(string specPath, SpecLoadOptions options, SpecLoadResult loaded)
    {
        string snapshots = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(specPath))!, SnapshotVerifier.FolderName);
        return new ReportContext
        {
            Origins = loaded.Origins,
            Files = loaded.Files,
            Base = loaded.Files.Count > 1 ? SpecLoader.Load(loaded.Files[1], new SpecLoadOptions { Packages = options.Packages }).Origins : [],
            Verified = ReportContext.FindVerified(snapshots, SnapshotJob.NameOf(specPath, options.Variant)),
        };
    }
}
