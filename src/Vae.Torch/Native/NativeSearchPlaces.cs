using System.Reflection;

namespace Vae.Torch.Native;

/// <summary>Where a <see cref="NativeLocator"/> looks.</summary>
/// <param name="NamedFolder">The folder that the user named, or <c>null</c>.</param>
/// <param name="NamedBy">How the user named it.</param>
/// <param name="ApplicationFolders">Folders that belong to the application.</param>
/// <param name="PackageCaches">Roots of NuGet package caches.</param>
/// <param name="LibTorchVersion">The version of the libtorch package.</param>
/// <param name="TorchSharpVersion">The version of the TorchSharp package.</param>
internal sealed record NativeSearchPlaces(
    string? NamedFolder,
    string NamedBy,
    IReadOnlyList<string> ApplicationFolders,
    IReadOnlyList<string> PackageCaches,
    string LibTorchVersion,
    string TorchSharpVersion)
{
    /// <summary>The variable that names a folder with another libtorch.</summary>
    public const string Variable = "VAE_LIBTORCH";

    /// <summary>The places of this process.</summary>
    public static NativeSearchPlaces Current(TorchRuntimeOptions options, string rid)
    {
        string? variable = Environment.GetEnvironmentVariable(Variable);
        string? named = options.LibTorchFolder ?? (string.IsNullOrWhiteSpace(variable) ? null : variable);
        return new(
            named,
            options.LibTorchFolder is null ? Variable : nameof(TorchRuntimeOptions.LibTorchFolder),
            [.. FoldersOfApplication(rid).Distinct(StringComparer.Ordinal)],
            [.. Caches(options).Distinct(StringComparer.Ordinal)],
            Baked("Vae.LibTorchVersion"),
            Baked("Vae.TorchSharpVersion"));
    }

    /// <summary>The root of the package cache that <paramref name="torchSharp"/> (the path of TorchSharp.dll) lies in, or <c>null</c>.</summary>
    public static string? CacheAround(string torchSharp)
    {
        // <cache>/torchsharp/<version>/lib/<framework>/TorchSharp.dll: scripts and F# Interactive load assemblies from there.
        DirectoryInfo? framework = Directory.GetParent(torchSharp);
        DirectoryInfo? lib = framework?.Parent;
        DirectoryInfo? package = lib?.Parent?.Parent;
        bool isPackage = lib?.Name == "lib" && string.Equals(package?.Name, "torchsharp", StringComparison.OrdinalIgnoreCase);
        return isPackage ? package!.Parent?.FullName : null;
    }

    private static IEnumerable<string> FoldersOfApplication(string rid)
    {
        string?[] roots = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(NativeSearchPlaces).Assembly.Location)];
        foreach (string root in roots.OfType<string>().Where(root => root.Length > 0).Select(Path.TrimEndingDirectorySeparator))
        {
            yield return root;
            yield return Path.Combine(root, "runtimes", rid, "native");
        }

        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return Path.TrimEndingDirectorySeparator(folder);
    }

    private static IEnumerable<string> Caches(TorchRuntimeOptions options)
    {
        if (options.PackageFolder is { } given)
            yield return Path.GetFullPath(given);
        if (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages)
            yield return Path.GetFullPath(packages);
        if (CacheAround(typeof(TorchSharp.torch).Assembly.Location) is { } around)
            yield return around;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length > 0)
            yield return Path.Combine(home, ".nuget", "packages");
    }

    private static string Baked(string key) =>
        typeof(NativeSearchPlaces).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value ?? "";
}
