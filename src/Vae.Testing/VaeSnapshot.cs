using System.Runtime.CompilerServices;
using DiffEngine;
using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Testing;

/// <summary>
/// Snapshot assertions over what a trained spec leaves behind, for any test framework: one call a test, which compares with the files that the
/// build compares with. Accepted files are committed as <c>&lt;name&gt;.&lt;what&gt;.verified.&lt;ext&gt;</c> in the folder <c>snapshots</c> beside the spec.
/// </summary>
/// <remarks>
/// Every method has done its work when it returns, and throws then: a forgotten <c>await</c> loses no failure. What differs is written beside the
/// accepted files as <c>.received.</c>, and the diff tool opens (not on a build server, and not where <c>DiffEngine_Disabled</c> is true). With
/// <c>VAE_SNAPSHOT=accept</c> in the environment what differs is accepted instead; a build server (<c>CI=true</c>) refuses that.
/// </remarks>
public static class VaeSnapshot
{
    /// <summary>Compares all of a model: spec, architecture and arrays exactly, loss curve and metrics within tolerances, pictures by similarity.</summary>
    /// <param name="model">A model's name (<c>mnist-mlp</c>, in <c>models</c> beside the tests), or the path of its folder.</param>
    /// <param name="options">What is compared and how closely; <c>null</c> for everything as the spec's <c>checks</c> say.</param>
    /// <param name="snapshotFolder">
    /// Where the accepted files are; <c>null</c> for <c>snapshots</c> beside the spec, and beside the calling test for a model that no build has made.
    /// </param>
    /// <param name="sourceFile">The calling test's file: given by the compiler.</param>
    /// <returns>The comparison, all of it equal.</returns>
    /// <exception cref="VaeSnapshotException">Something is new, different or left over.</exception>
    /// <exception cref="VaeException">The artifacts cannot be read, or accepting was asked for on a build server (VAE5004).</exception>
    public static Task<SnapshotResult> Verify(string model, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        string folder = ModelFolder.Find(model, AppContext.BaseDirectory);
        SnapshotPath? built = snapshotFolder is null ? SnapshotPath.Of(folder) : null;
        options ??= new SnapshotOptions();
        return Task.FromResult(Verify(
            folder,
            options with { Name = options.Name ?? built?.Name },
            snapshotFolder ?? built?.Folder ?? Path.Combine(SourceFolder.Of(sourceFile), SnapshotVerifier.FolderName),
            TestEnvironment.OfProcess(),
            OpenDiffTool,
            CloseDiffTool));
    }

    /// <summary>Compares the loss curve: the same columns and epochs, every number within its column's tolerance.</summary>
    /// <inheritdoc cref="Verify(string, SnapshotOptions?, string?, string)"/>
    public static Task<SnapshotResult> VerifyCurve(string model, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "") =>
        Verify(model, Only(options, SnapshotParts.Curve), snapshotFolder, sourceFile);

    /// <summary>Compares the final metrics: the same names, every number within its tolerance.</summary>
    /// <inheritdoc cref="Verify(string, SnapshotOptions?, string?, string)"/>
    public static Task<SnapshotResult> VerifyMetrics(string model, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "") =>
        Verify(model, Only(options, SnapshotParts.Metrics), snapshotFolder, sourceFile);

    /// <summary>Compares layers, shapes and parameter counts, and the names and shapes of the weights, exactly.</summary>
    /// <inheritdoc cref="Verify(string, SnapshotOptions?, string?, string)"/>
    public static Task<SnapshotResult> VerifyArchitecture(string model, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "") =>
        Verify(model, Only(options, SnapshotParts.Architecture | SnapshotParts.Arrays), snapshotFolder, sourceFile);

    /// <summary>Compares the pictures of all plots by their pixels.</summary>
    /// <inheritdoc cref="Verify(string, SnapshotOptions?, string?, string)"/>
    public static Task<SnapshotResult> VerifyImages(string model, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "") =>
        Verify(model, Only(options, SnapshotParts.Images), snapshotFolder, sourceFile);

    /// <summary>Compares the picture of one plot by its pixels.</summary>
    /// <param name="model">A model's name (<c>mnist-mlp</c>, in <c>models</c> beside the tests), or the path of its folder.</param>
    /// <param name="plot">The plot's name: <c>reconstructions</c>.</param>
    /// <param name="options">How closely; <c>null</c> for what the spec's <c>checks</c> say.</param>
    /// <param name="snapshotFolder">Where the accepted files are; <c>null</c> for <c>snapshots</c> beside the spec.</param>
    /// <param name="sourceFile">The calling test's file: given by the compiler.</param>
    /// <inheritdoc cref="Verify(string, SnapshotOptions?, string?, string)"/>
    public static Task<SnapshotResult> VerifyImage(string model, string plot, SnapshotOptions? options = null, string? snapshotFolder = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(plot);
        return Verify(model, Only(options, SnapshotParts.Images) with { Plot = plot }, snapshotFolder, sourceFile);
    }

    internal static SnapshotResult Verify(
        string modelFolder, SnapshotOptions? options, string snapshotFolder, TestEnvironment environment, Action<SnapshotEntry> openDiffTool, Action<SnapshotEntry>? closeDiffTool = null)
    {
        Spec spec = ArtifactFolder.ReadSpec(modelFolder);
        if (environment.Accepts)
        {
            if (environment.IsBuildServer)
                throw new VaeException(DiagnosticTable.Snapshots.AcceptInCi.At(null, "VAE_SNAPSHOT=accept is set on a build server, which may not change what was accepted"));
            SnapshotVerifier.Accept(modelFolder, snapshotFolder, spec, options);
        }

        SnapshotResult result = SnapshotVerifier.Verify(modelFolder, snapshotFolder, spec, options);
        if (!environment.IsBuildServer && !environment.DiffToolDisabled)
        {
            foreach (SnapshotEntry entry in result.Entries)
            {
                if (entry.Status is SnapshotStatus.New or SnapshotStatus.NotEqual)
                    openDiffTool(entry);
                else
                    closeDiffTool?.Invoke(entry);
            }
        }

        return result.Passed ? result : throw new VaeSnapshotException(result);
    }

    private static SnapshotOptions Only(SnapshotOptions? options, SnapshotParts parts) => (options ?? new SnapshotOptions()) with { Parts = parts };

    // No tool at hand, or too many open, is no fault of the test: the exception says all.
    private static void OpenDiffTool(SnapshotEntry entry) => DiffRunner.Launch(entry.Received, entry.Verified);

    // One that an earlier run opened shows what is no longer so.
    private static void CloseDiffTool(SnapshotEntry entry) => DiffRunner.Kill(entry.Received, entry.Verified);
}
