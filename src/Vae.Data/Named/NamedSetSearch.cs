using Vae.Data.Sources;
using Vae.Dsl;

namespace Vae.Data.Named;

/// <summary>Looks for a named set's files on this machine.</summary>
internal static class NamedSetSearch
{
    /// <summary>Where a set may be, in the order of the search.</summary>
    public static IReadOnlyList<SearchPlace> Places(NamedSet set, DataLoadOptions options)
    {
        string start = Path.GetFullPath(options.SpecDirectory);
        string? shared = options.Environment("VAE_DATA");
        List<SearchPlace> places = [Above(start, Path.Combine("data", set.Name))];
        places.Add(string.IsNullOrEmpty(shared)
            ? new SearchPlace("the folder in VAE_DATA, which is not set", [])
            : At("VAE_DATA: ", Path.Combine(Path.GetFullPath(shared, start), set.Name)));
        places.Add(At("the user's cache: ", CacheFolder(set, options)));
        if (set.NodePackageFolder is not null)
            places.Add(Above(start, Path.Combine("node_modules", set.NodePackageFolder)));
        places.Add(At("the system's packages: ", Path.Combine(options.SystemDirectory, set.Name)));
        return places;
    }

    /// <summary>The set's files in the first folder that holds all of them, in the set's order; or <c>null</c>.</summary>
    public static IReadOnlyList<string>? Find(NamedSet set, DataLoadOptions options) =>
        Places(set, options).SelectMany(place => place.Folders).Select(folder => FindIn(set, folder)).FirstOrDefault(files => files is not null);

    /// <summary>The set's files in one folder, plain or gzipped; <c>null</c> unless all are there.</summary>
    public static IReadOnlyList<string>? FindIn(NamedSet set, string folder)
    {
        string[] files = [.. set.Files.Select(file => IdxSource.PlainOrPacked(folder, file.Name)).OfType<string>()];
        return files.Length < set.Files.Count ? null : files;
    }

    /// <summary>Where the set is kept once it is downloaded.</summary>
    public static string CacheFolder(NamedSet set, DataLoadOptions options) =>
        Path.Combine(options.CacheDirectory ?? UserCache.FolderOf("data", options.Environment) ?? Path.GetFullPath("data"), set.Name);

    private static SearchPlace At(string label, string folder) => new(label + folder, [folder]);

    private static SearchPlace Above(string start, string below)
    {
        List<string> folders = [];
        for (string? here = start; here is not null; here = Path.GetDirectoryName(here))
            folders.Add(Path.Combine(here, below));
        return new SearchPlace($"{below} in {start} and in each folder above it", folders);
    }
}
