using System.Globalization;
using System.Text;
using Vae.Data.Sources;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Named;

/// <summary>Brings a named set into the per-user cache, or says where it was looked for and how to put it there by hand.</summary>
internal static class NamedSetDownload
{
    // What opening a file gives that another process holds: ERROR_SHARING_VIOLATION, EWOULDBLOCK.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The set's files in the cache, in the set's order, after those that were missing were downloaded.</summary>
    public static IReadOnlyList<string> Fetch(NamedSet set, DataLoadOptions options)
    {
        string folder = NamedSetSearch.CacheFolder(set, options);
        if (options.Offline)
            throw Missing(set, options, "and nothing may be downloaded (offline)", []);
        try
        {
            Directory.CreateDirectory(folder);
            using FileStream alone = WaitForLock(Path.Combine(folder, ".lock"), options.Cancellation);
            using MirrorClient client = new(options.Progress, Patience, options.Cancellation);
            foreach (NamedFile file in set.Files)
            {
                // Another process may have brought it while this one waited for the lock.
                if (IdxSource.PlainOrPacked(folder, file.Name) is null)
                    Fetch(set, file, folder, client, options);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFault.At(DiagnosticTable.Data.Unreadable, folder, $"the cache folder cannot be written: {e.Message}", e);
        }

        return NamedSetSearch.FindIn(set, folder)!;
    }

    private static void Fetch(NamedSet set, NamedFile file, string folder, MirrorClient client, DataLoadOptions options)
    {
        List<string> faults = [];
        foreach (Uri mirror in options.Mirrors ?? set.Mirrors)
        {
            Uri address = new(mirror, file.Name + ".gz");
            if (client.TryDownload(address, file, Path.Combine(folder, file.Name + ".gz"), out string fault))
                return;
            faults.Add($"{address}: {fault}");
        }

        throw Missing(set, options, $"and {file.Name}.gz could not be downloaded", faults);
    }

    /// <summary>Only one process at a time writes into the folder; the system lets go of the lock when a process dies.</summary>
    private static FileStream WaitForLock(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
            {
                cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static VaeException Missing(NamedSet set, DataLoadOptions options, string why, List<string> faults)
    {
        // One line: a diagnostic is one, in a build's log as in a terminal.
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"the data set '{set.Name}' was not found on this machine, {why}. Looked in: ")
            .AppendJoin("; ", NamedSetSearch.Places(set, options).Select(place => Described(place, set)));
        if (faults.Count > 0)
            text.Append(". Tried: ").AppendJoin("; ", faults);
        text.Append(". To put the files there by hand: get ")
            .AppendJoin(", ", set.Files.Select(file => file.Name + ".gz"))
            .Append(" from ")
            .AppendJoin(" or ", options.Mirrors ?? set.Mirrors)
            .Append(CultureInfo.InvariantCulture, $" and put them, packed or unpacked, into {Path.Combine(Path.GetFullPath(options.SpecDirectory), "data", set.Name)} or {NamedSetSearch.CacheFolder(set, options)}.");
        return DataFault.Of(DiagnosticTable.Data.NamedSetMissing, text.ToString());
    }

    private static string Described(SearchPlace place, NamedSet set)
    {
        IEnumerable<string> incomplete = place.Folders.Where(Directory.Exists).Select(folder =>
            $"{folder} lacks {string.Join(", ", set.Files.Select(file => file.Name).Where(name => IdxSource.PlainOrPacked(folder, name) is null))}");
        return string.Join(", where ", incomplete.Prepend(place.Description));
    }
}
