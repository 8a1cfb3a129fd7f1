using System.Text;
using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Dsl;

namespace Vae.Artifacts.Store;

/// <summary>
/// Trained models by the fingerprint of their inputs, in a folder that builds, projects and machines may share. What is taken is verified
/// by the SHA-256 of every file; what is put appears as a whole. Files are copied, never linked: nobody alters the store by altering a build's folder.
/// </summary>
/// <remarks>
/// <c>&lt;store&gt;/ab/ab12…/entry.json</c> names the files in <c>&lt;store&gt;/ab/ab12…/model/</c>; its time is that of the last use. <c>locks/</c> has a file
/// a fingerprint, <c>tmp/</c> what is under way.
/// </remarks>
public sealed class ModelStore
{
    private const string EntryFile = "entry.json", ModelFolder = "model", LockFolder = "locks", TemporaryFolder = "tmp";
    private const int FingerprintLength = 64;

    private static readonly TimeSpan LongestWork = TimeSpan.FromDays(1);

    /// <summary>A store in a folder, which need not be there yet.</summary>
    public ModelStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    /// <summary>The folder, a full path.</summary>
    public string Folder { get; }

    /// <summary>The user's own store: <c>models</c> in the <see cref="UserCache"/>; <c>null</c> where the user has no home folder.</summary>
    public static string? DefaultFolder => UserCache.FolderOf("models");

    /// <summary>The lock of whoever looks for a fingerprint and trains where nothing is there: two at once train once.</summary>
    public string LockOf(string fingerprint)
    {
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        return Path.Combine(Folder, LockFolder, fingerprint + ".lock");
    }

    /// <summary>Whether there is an entry, whole or not.</summary>
    public bool Has(string fingerprint) => File.Exists(Path.Combine(FolderOf(fingerprint), EntryFile));

    /// <summary>Reads and verifies an entry. One that is broken is dropped, so that it can be made again.</summary>
    public StoreAnswer Find(string fingerprint)
    {
        string folder = FolderOf(fingerprint);
        if (!Directory.Exists(folder))
            return new StoreAnswer(StoreStatus.Missing, "", new Dictionary<string, byte[]>());
        (SortedDictionary<string, byte[]> files, string? fault) = ReadWhole(fingerprint);
        if (fault is not null)
        {
            TryDrop(folder);
            return new StoreAnswer(StoreStatus.Broken, fault, new Dictionary<string, byte[]>());
        }

        Touch(Path.Combine(folder, EntryFile));
        return new StoreAnswer(StoreStatus.Found, "", files);
    }

    /// <summary>Every value of the resolved spec of an entry, to say what changed since; empty where there is none.</summary>
    public IReadOnlyList<Origin> ValuesOf(string fingerprint) => SpecValues.Of(Path.Combine(FolderOf(fingerprint), ModelFolder));

    /// <summary>Copies a model into the store, in the place of an entry that is there.</summary>
    /// <param name="modelFolder">The folder of a trained spec. Only the files that its manifest names are taken.</param>
    /// <returns>Why that was not possible; <c>null</c> where it was.</returns>
    public string? Put(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFolder);
        if (ArtifactFolder.ManifestOf(modelFolder) is not { } manifest || ArtifactFolder.FilesOf(modelFolder, manifest) is not { } files)
            return $"'{modelFolder}' is not whole";
        string target = FolderOf(manifest.Inputs.Fingerprint);
        string fresh = Path.Combine(Folder, TemporaryFolder, Guid.NewGuid().ToString("N"));
        try
        {
            foreach ((string path, byte[] content) in files)
            {
                string file = Path.Combine(fresh, ModelFolder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }

            File.WriteAllText(Path.Combine(fresh, EntryFile), EntryText(manifest, files), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Directory.Exists(target))
                Drop(target);
            Directory.Move(fresh, target);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Another process may have put the same in the meantime, where the file system knows no locks.
            return Directory.Exists(target) ? null : e.Message;
        }
        finally
        {
            TryDelete(fresh);
        }
    }

    /// <summary>Every entry, ordered by fingerprint. Digests are not verified, sizes are.</summary>
    public IReadOnlyList<StoreEntry> List() =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateDirectories(Folder, "??").SelectMany(Directory.EnumerateDirectories).Where(IsEntry).Order(StringComparer.Ordinal).Select(Describe)]
            : [];

    /// <summary>Removes an entry, unless somebody is at work with it.</summary>
    /// <returns>Whether it is gone.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public bool Remove(string fingerprint)
    {
        using FileLock? mine = FileLock.TryTake(LockOf(fingerprint));
        if (mine is null)
            return false;
        string folder = FolderOf(fingerprint);
        if (Directory.Exists(folder))
            Drop(folder);
        return true;
    }

    /// <summary>Removes what killed processes left: unfinished entries older than a day, and locks that nobody has held for as long.</summary>
    /// <param name="now">The time.</param>
    /// <param name="dryRun">Whether to look only.</param>
    /// <returns>The bytes of it.</returns>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public long RemoveRemains(DateTimeOffset now, bool dryRun)
    {
        long bytes = 0;
        foreach (DirectoryInfo left in Existing(TemporaryFolder)?.EnumerateDirectories().Where(folder => IsOld(folder, now)).ToArray() ?? [])
        {
            bytes += SizeOf(left);
            if (!dryRun)
                left.Delete(recursive: true);
        }

        foreach (FileInfo left in Existing(LockFolder)?.EnumerateFiles().Where(file => IsOld(file, now)).ToArray() ?? [])
        {
            bytes += left.Length;
            if (dryRun)
                continue;
            using FileLock? mine = left.Extension == ".lock" ? FileLock.TryTake(left.FullName) : null;
            if (mine is not null || left.Extension != ".lock")
                left.Delete();
        }

        return bytes;
    }

    private static string EntryText(Manifest manifest, SortedDictionary<string, byte[]> files) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        FileDigest.Write(json, files.ToDictionary(file => file.Key, file => FileDigest.Of(file.Value)));
        json.WriteString("fingerprint", manifest.Inputs.Fingerprint);
        json.WriteString("spec", manifest.Spec);
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });

    private (SortedDictionary<string, byte[]> Files, string? Fault) ReadWhole(string fingerprint)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        string folder = FolderOf(fingerprint);
        if (ReadEntry(folder) is not { } entry)
            return (files, $"its {EntryFile} cannot be read");
        if (entry.Fingerprint != fingerprint)
            return (files, $"its {EntryFile} is that of another entry");
        try
        {
            foreach ((string path, FileDigest digest) in entry.Files)
            {
                byte[] content = File.ReadAllBytes(Path.Combine(folder, ModelFolder, path));
                if (content.Length != digest.Bytes)
                    return (files, $"{path} has {content.Length} bytes, not {digest.Bytes}");
                if (Sha256.Of(content) != digest.Sha256)
                    return (files, $"{path} has other content");
                files[path] = content;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (files, e.Message);
        }

        bool isModel = files.TryGetValue(ArtifactFolder.Manifest, out byte[]? manifest) && Manifest.Read(Encoding.UTF8.GetString(manifest))?.Inputs.Fingerprint == fingerprint;
        return (files, isModel ? null : $"its {ArtifactFolder.Manifest} is that of another model");
    }

    private static (string Fingerprint, string Spec, IReadOnlyDictionary<string, FileDigest> Files)? ReadEntry(string folder)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, EntryFile)));
            return (json.RootElement.GetProperty("fingerprint").GetString() ?? "", json.RootElement.GetProperty("spec").GetString() ?? "", FileDigest.Read(json.RootElement));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsEntry(string folder)
    {
        string name = Path.GetFileName(folder);
        return name.Length == FingerprintLength && name.All(char.IsAsciiHexDigitLower) && Path.GetFileName(Path.GetDirectoryName(folder)) == name[..2];
    }

    private static StoreEntry Describe(string folder)
    {
        DirectoryInfo info = new(folder);
        FileInfo entryFile = new(Path.Combine(folder, EntryFile));
        bool broken = ReadEntry(folder) is not { } entry
            || entry.Files.Any(file => new FileInfo(Path.Combine(folder, ModelFolder, file.Key)) is not { Exists: true } there || there.Length != file.Value.Bytes);
        DateTime used = entryFile.Exists ? entryFile.LastWriteTimeUtc : info.LastWriteTimeUtc;
        return new StoreEntry(info.Name, ReadEntry(folder)?.Spec ?? "", SizeOf(info), new DateTimeOffset(used, TimeSpan.Zero), broken);
    }

    private static long SizeOf(DirectoryInfo folder) => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static bool IsOld(FileSystemInfo left, DateTimeOffset now) => now.UtcDateTime - left.LastWriteTimeUtc > LongestWork;

    private string FolderOf(string fingerprint)
    {
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        return Path.Combine(Folder, fingerprint[..Math.Min(2, fingerprint.Length)], fingerprint);
    }

    private DirectoryInfo? Existing(string name) => new DirectoryInfo(Path.Combine(Folder, name)) is { Exists: true } folder ? folder : null;

    // Under another name first: an entry is there as a whole or not at all.
    private void Drop(string folder)
    {
        string away = Path.Combine(Folder, TemporaryFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.GetDirectoryName(away)!);
        Directory.Move(folder, away);
        TryDelete(away);
    }

    private void TryDrop(string folder)
    {
        try
        {
            Drop(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A store that cannot be written keeps its broken entry, which is never taken.
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It lies among the remains, which are removed once they are old.
        }
    }

    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A store that can only be read is not cleaned by age from here.
        }
    }
}
