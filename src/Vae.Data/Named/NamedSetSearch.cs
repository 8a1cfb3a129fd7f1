using Vae.Data.Sources;

namespace Vae.Data.Named;

/// <summary>Looks for a named set's files on this machine.</summary>
internal static class NamedSetSearch
{
    /// <summary>
    /// The folders where a set may be, in the order of the search: the nearest <c>data/&lt;name&gt;</c> in the spec's folder or one
    /// above it, <c>VAE_DATA</c>, the per-user cache, the nearest npm package, the system's packages.
    /// </summary>
    public static IEnumerable<string> Places(NamedSet set, DataLoadOptions options)
    {
        string start = Path.GetFullPath(options.SpecDirectory);
        foreach (string folder in Above(start))
            yield return Path.Combine(folder, "data", set.Name);
        if (options.Environment("VAE_DATA") is { Length: > 0 } shared)
            yield return Path.Combine(Path.GetFullPath(shared, start), set.Name);
        yield return CacheFolder(set, options);
        if (set.NodePackageFolder is not null)
        {
            foreach (string folder in Above(start))
                yield return Path.Combine(folder, "node_modules", set.NodePackageFolder);
        }

        yield return Path.Combine(options.SystemDirectory, set.Name);
    }

    /// <summary>The set's files in the first folder that holds all of them, in the set's order; or <c>null</c>.</summary>
    public static IReadOnlyList<string>? Find(NamedSet set, DataLoadOptions options) =>
        Places(set, options).Select(folder => FindIn(set, folder)).FirstOrDefault(files => files is not null);

    /// <summary>The set's files in one folder, plain or gzipped; <c>null</c> unless all are there.</summary>
    public static IReadOnlyList<string>? FindIn(NamedSet set, string folder)
    {
        string[] files = [.. set.Files.Select(file => IdxSource.PlainOrPacked(folder, file.Name)).OfType<string>()];
        return files.Length < set.Files.Count ? null : files;
    }

    /// <summary>Where the set is kept once it is downloaded.</summary>
    public static string CacheFolder(NamedSet set, DataLoadOptions options) =>
        Path.Combine(options.CacheDirectory ?? UserCache(options.Environment), set.Name);

    private static IEnumerable<string> Above(string folder)
    {
        for (string? here = folder; here is not null; here = Path.GetDirectoryName(here))
            yield return here;
    }

    private static string UserCache(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "vae", "data");
        string home = environment("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Caches", "vae", "data");

        // The XDG specification says that a relative path is to be ignored.
        string? xdg = environment("XDG_CACHE_HOME");
        return Path.Combine(Path.IsPathFullyQualified(xdg ?? "") ? xdg! : Path.Combine(home, ".cache"), "vae", "data");
    }
}
