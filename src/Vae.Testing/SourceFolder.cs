using Vae.Dsl.Diagnostics;

namespace Vae.Testing;

/// <summary>Finds the folder of a source file from the path that the compiler knew it by.</summary>
internal static class SourceFolder
{
    /// <summary>The folder of the calling test.</summary>
    /// <exception cref="VaeException">VAE5103: the compiler's path exists neither as it is nor under a folder above the test's assembly.</exception>
    public static string Of(string sourceFile) => Of(sourceFile, AppContext.BaseDirectory);

    internal static string Of(string sourceFile, string assemblyFolder)
    {
        if (File.Exists(sourceFile))
            return Path.GetDirectoryName(Path.GetFullPath(sourceFile))!;

        // A deterministic build writes /_/ for the repository's root; the assembly lies somewhere below that root.
        if (sourceFile.StartsWith("/_/", StringComparison.Ordinal))
        {
            for (DirectoryInfo? folder = new(assemblyFolder); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, sourceFile[3..]);
                if (File.Exists(path))
                    return Path.GetDirectoryName(path)!;
            }
        }

        throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(
            new Location(sourceFile, 0, 0),
            "the test's source file is not on this machine, so its snapshots cannot be found; give 'snapshotFolder'"));
    }
}
