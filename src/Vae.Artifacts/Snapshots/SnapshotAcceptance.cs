using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Snapshots;

/// <summary>Accepts received files without the artifacts that they came from: each <c>.received.</c> file takes the place of its <c>.verified.</c> one.</summary>
public static class SnapshotAcceptance
{
    private static readonly string[] PassedOver = ["bin", "obj", "node_modules"];

    /// <summary>The received files that are meant by a path, ordered by name.</summary>
    /// <param name="path">
    /// A received file; a spec, for those of its name in <c>snapshots</c> beside it, variants included; or a folder, for those in it and below. Folders of build
    /// output and hidden ones are passed over.
    /// </param>
    /// <exception cref="VaeException">VAE5009: there is no such file or folder, or it is none of these.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        return Guard(full, () =>
        {
            if (Directory.Exists(full))
                return [.. Below(full).Order(StringComparer.Ordinal)];
            if (File.Exists(full) && SnapshotName.Of(full, "received") is not null)
                return [full];
            if (File.Exists(full) && Path.GetFileName(full) is { } file && file.EndsWith(".vae.yaml", StringComparison.OrdinalIgnoreCase))
            {
                string set = file[..^".vae.yaml".Length];
                string folder = Path.Combine(Path.GetDirectoryName(full)!, SnapshotVerifier.FolderName);
                return Directory.Exists(folder)
                    ? [.. In(folder).Where(received => SnapshotName.Of(received, "received")!.Set is { } name && (name == set || name.StartsWith(set + "-", StringComparison.Ordinal)))]
                    : (IReadOnlyList<string>)[];
            }

            throw new VaeException(DiagnosticTable.Snapshots.NothingToAccept.At(
                new Location(path, 0, 0),
                "it is no folder, no .vae.yaml file and no .received. file; give one of these, or nothing for all below the current folder"));
        });
    }

    /// <summary>
    /// Accepts received files. How much each differed is told by the tolerances of the resolved spec beside it; what is within them by now is not
    /// rewritten, so that nothing creeps.
    /// </summary>
    /// <param name="received">Paths from <see cref="Find"/>.</param>
    /// <exception cref="VaeException">VAE5104: a file cannot be written.</exception>
    public static IReadOnlyList<AcceptedSnapshot> Accept(IReadOnlyList<string> received)
    {
        ArgumentNullException.ThrowIfNull(received);
        SnapshotName[] names = [.. received.Select(path => SnapshotName.Of(Path.GetFullPath(path), "received")).OfType<SnapshotName>()];
        // Read before the first file moves: an accepted spec brings the tolerances of the others.
        Dictionary<(string, string), ChecksSpec> checks = names.Select(name => (name.Folder, name.Set)).Distinct().ToDictionary(set => set, set => ChecksOf(set.Folder, set.Set));
        return [.. names.Select(name => Guard(name.Folder, () => Accept(name, checks[(name.Folder, name.Set)])))];
    }

    /// <summary>Moves a received file over the accepted one; an empty one says that there is none any more.</summary>
    internal static void Take(SnapshotName name) => Guard(name.Folder, () =>
    {
        if (new FileInfo(name.Received).Length == 0)
        {
            File.Delete(name.Verified);
            File.Delete(name.Received);
        }
        else
        {
            File.Move(name.Received, name.Verified, overwrite: true);
        }

        File.Delete(name.Difference);
        return true;
    });

    internal static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(folder, 0, 0), e.Message), e);
        }
    }

    private static AcceptedSnapshot Accept(SnapshotName name, ChecksSpec checks)
    {
        byte[] now = File.ReadAllBytes(name.Received);
        Comparison? comparison = now.Length > 0 && File.Exists(name.Verified)
            ? SnapshotComparers.Run(SnapshotComparers.For(name.Part, checks, new SnapshotOptions()), now, File.ReadAllBytes(name.Verified))
            : null;
        if (comparison is { IsEqual: true })
        {
            File.Delete(name.Received);
            File.Delete(name.Difference);
            return new AcceptedSnapshot(SnapshotStatus.Equal, name.Verified, "");
        }

        Take(name);
        return new AcceptedSnapshot(now.Length == 0 ? SnapshotStatus.Delete : comparison is null ? SnapshotStatus.New : SnapshotStatus.NotEqual, name.Verified, comparison?.Text ?? "");
    }

    private static ChecksSpec ChecksOf(string folder, string set)
    {
        var name = new SnapshotName(folder, set, "spec", "yaml");
        string path = File.Exists(name.Received) && new FileInfo(name.Received).Length > 0 ? name.Received : name.Verified;
        return SpecLoader.Load(path).Spec?.Checks ?? new ChecksSpec();
    }

    private static IEnumerable<string> Below(string folder) => In(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is { } name && name[0] != '.' && !PassedOver.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Where(inner => !File.GetAttributes(inner).HasFlag(FileAttributes.ReparsePoint))
            .SelectMany(Below));

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*.received.*").Where(path => SnapshotName.Of(path, "received") is not null).Order(StringComparer.Ordinal);
}
