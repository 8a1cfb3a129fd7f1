using System.Runtime.CompilerServices;
using DiffEngine;
using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Testing;

/// <summary>
/// Snapshot assertions over what a trained spec leaves behind, for any test framework. Accepted files are committed as
/// <c>&lt;name&gt;.&lt;what&gt;.verified.&lt;ext&gt;</c> in the folder <c>snapshots</c> beside the calling test.
/// </summary>
public static class VaeSnapshot
{
    /// <summary>
    /// Compares a folder of artifacts with the accepted snapshots, and opens the diff tool for what differs (not on a build server, and not where
    /// <c>DiffEngine_Disabled</c> is true). With <c>VAE_SNAPSHOT=accept</c> in the environment it accepts instead; a build server
    /// (<c>CI=true</c>, or one that DiffEngine knows) refuses that.
    /// </summary>
    /// <param name="artifactFolder">What the training wrote: <c>models/&lt;name&gt;</c> in a project's output.</param>
    /// <param name="options">How close; <c>null</c> for what the spec's <c>checks</c> say.</param>
    /// <param name="snapshotFolder">Where the accepted files are; <c>null</c> for <c>snapshots</c> beside the calling test.</param>
    /// <param name="sourceFile">The calling test's file: given by the compiler.</param>
    /// <exception cref="VaeSnapshotException">Something is new, different or left over.</exception>
    /// <exception cref="VaeException">The artifacts cannot be read, or accepting was asked for on a build server (VAE5004).</exception>
    public static void Verify(string artifactFolder, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "")
    {
        var environment = new TestEnvironment(
            Environment.GetEnvironmentVariable("VAE_SNAPSHOT"),
            string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) || BuildServerDetector.Detected,
            DiffRunner.Disabled);
        Verify(artifactFolder, options, snapshotFolder ?? Path.Combine(SourceFolder.Of(sourceFile), "snapshots"), environment, OpenDiffTool);
    }

    internal static void Verify(string artifactFolder, SnapshotOptions? options, string snapshotFolder, TestEnvironment environment, Action<SnapshotEntry> openDiffTool)
    {
        Spec spec = ArtifactFolder.ReadSpec(artifactFolder);
        if (environment.Accepts)
        {
            if (environment.IsBuildServer)
                throw new VaeException(DiagnosticTable.Snapshots.AcceptInCi.At(null, "VAE_SNAPSHOT=accept is set on a build server, which may not change what was accepted"));
            SnapshotVerifier.Accept(artifactFolder, snapshotFolder, spec, options);
            return;
        }

        SnapshotResult result = SnapshotVerifier.Verify(artifactFolder, snapshotFolder, spec, options);
        if (result.Passed)
            return;
        if (!environment.IsBuildServer && !environment.DiffToolDisabled)
        {
            foreach (SnapshotEntry entry in result.Entries.Where(entry => entry.Status is SnapshotStatus.New or SnapshotStatus.NotEqual))
                openDiffTool(entry);
        }

        throw new VaeSnapshotException(result);
    }

    // No tool at hand, or too many open, is no fault of the test: the exception says all.
    private static void OpenDiffTool(SnapshotEntry entry) => DiffRunner.Launch(entry.Received, entry.Verified);
}
