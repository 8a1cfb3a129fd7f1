using System.Diagnostics;
using System.Globalization;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Writing;

/// <summary>Puts a set of files in the place of a folder, whole or not at all.</summary>
internal static class FolderSwap
{
    private const string New = ".new", Old = ".old";

    /// <summary>Replaces the folder's own files (those that its manifest names); others in it are kept.</summary>
    public static void Replace(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string mark = Mark();
        string fresh = $"{target}.{mark}{New}";
        string old = $"{target}.{mark}{Old}";
        try
        {
            Refuse(target);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
            foreach ((string path, byte[] content) in files)
            {
                string file = Path.Combine(fresh, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }

            if (Directory.Exists(target))
            {
                KeepForeign(target, fresh);
                if (FolderExchange.TryExchange(fresh, target))
                    return;
                Directory.Move(target, old);
            }

            Directory.Move(fresh, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(folder, 0, 0), e.Message), e);
        }
        finally
        {
            // Where the second move failed, the old folder goes back to its place.
            if (Directory.Exists(old) && !Directory.Exists(target))
                Directory.Move(old, target);
            Remove(old);
            Remove(fresh);
        }
    }

    /// <summary>Fails as <see cref="Replace"/> would, and leaves nothing: before hours of work, not after them.</summary>
    public static void Check(string folder)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        try
        {
            Refuse(target);

            // The new folder is made beside the old one. Where folders above are missing too, the nearest that is there must let them be made.
            string above = Path.GetDirectoryName(target) ?? target;
            while (!Directory.Exists(above) && !File.Exists(above) && Path.GetDirectoryName(above) is string next)
                above = next;
            string probe = Path.Combine(above, $".vae-{Guid.NewGuid().ToString("N")[..8]}.new");
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(folder, 0, 0), e.Message), e);
        }
    }

    /// <summary>
    /// Ends what a killed process began: where it had moved the old folder away and nothing has its place, the old one goes back; what else it left
    /// is removed. Remains of a process that runs are not touched.
    /// </summary>
    public static void Recover(string folder)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        try
        {
            if (Path.GetDirectoryName(target) is not { } above || !Directory.Exists(above))
                return;
            foreach (string left in Directory.EnumerateDirectories(above).Where(path => IsLeftOf(target, path)).ToArray())
            {
                if (left.EndsWith(Old, StringComparison.Ordinal) && !Directory.Exists(target))
                    Directory.Move(left, target);
                else
                    Remove(left);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be looked at or written is told of when it is to be written.
        }
    }

    // The process is named, so that only the remains of dead ones are taken for such.
    private static string Mark() => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    private static bool IsLeftOf(string target, string path)
    {
        if (!path.StartsWith(target + ".", StringComparison.Ordinal) || !(path.EndsWith(New, StringComparison.Ordinal) || path.EndsWith(Old, StringComparison.Ordinal)))
            return false;
        string[] mark = path[(target.Length + 1)..^New.Length].Split('-');
        return mark.Length == 2 && mark[1].Length == 8 && int.TryParse(mark[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !Runs(id);
    }

    private static bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Refuse(string target)
    {
        // Whoever writes into a folder of other things by mistake (an output of '.') must not lose them.
        // What is left of a result that somebody deleted in parts, the manifest too, is nothing else.
        // A sweep of the same spec keeps its points there, and they stay.
        bool foreign = Directory.Exists(target) && ArtifactFolder.ManifestOf(target) is null && !File.Exists(Path.Combine(target, ArtifactFolder.Sweep))
            && Directory.EnumerateFileSystemEntries(target).Any(entry => !ArtifactFolder.Names.Contains(Path.GetFileName(entry)));
        if (foreign || File.Exists(target))
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(
                new Location(target, 0, 0),
                $"there is something else, which is left as it is: the folder must be new, empty, or an earlier result (with its {ArtifactFolder.Manifest}, where other files are in it)"));
        }
    }

    private static void KeepForeign(string target, string fresh)
    {
        HashSet<string> own = [.. ArtifactFolder.ManifestOf(target)?.Files.Keys ?? [], ArtifactFolder.Manifest, ArtifactFolder.Run];
        foreach (string file in Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(target, file);
            string copy = Path.Combine(fresh, path);
            if (own.Contains(path.Replace('\\', '/')) || File.Exists(copy))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may hold a file for a moment; the folder's name says that it may go.
        }
    }
}
