namespace Vae.Torch.Native;

/// <summary>
/// Looks for libtorch and LibTorchSharp: first where the user says, then beside the application, then in the NuGet package
/// cache at the versions that this assembly was built with. A folder that the user names is taken or refused, never passed over.
/// </summary>
internal sealed class NativeLocator(NativePlatform platform, NativeSearchPlaces places)
{
    private readonly List<string> tried = [];

    /// <summary>Every place that was looked at, in that order, with what was missing there.</summary>
    public IReadOnlyList<string> Tried => tried;

    /// <summary>The id of the package with a platform's libtorch.</summary>
    public static string PackageOf(NativePlatform platform) => "libtorch-cpu-" + platform.Rid;

    /// <summary>Whether libtorch itself is anywhere.</summary>
    public bool HasLibTorch() => FindLibTorch() is not null;

    /// <summary>The first complete set of libraries, or <c>null</c>.</summary>
    public NativeFiles? Find()
    {
        (string Folder, string Origin)? libTorch = FindLibTorch();
        if (libTorch is not { } found)
            return null;
        IEnumerable<string> shimFolders = [found.Folder, .. places.ApplicationFolders, .. PackageFolders("torchsharp", places.TorchSharpVersion)];
        string? shim = shimFolders.Distinct(StringComparer.Ordinal).FirstOrDefault(folder => Holds(folder, [platform.TorchSharp]));
        if (shim is null)
            return null;
        bool hasCuda = platform.Cuda.All(file => File.Exists(Path.Combine(found.Folder, file)));
        List<string> order = [.. platform.Core];
        if (hasCuda)
            order.InsertRange(platform.CudaAt, platform.Cuda);
        return new(
            found.Folder,
            found.Origin,
            [.. order.Select(file => Path.Combine(found.Folder, file))],
            hasCuda,
            Path.Combine(shim, platform.TorchSharp));
    }

    private (string Folder, string Origin)? FindLibTorch()
    {
        if (places.NamedFolder is { } named)
        {
            // A wheel's or archive's own folder is as good an answer as the 'lib' inside it.
            string full = Path.GetFullPath(named);
            string[] forms = [full, Path.Combine(full, "lib"), Path.Combine(full, "torch", "lib")];
            return forms.FirstOrDefault(folder => Holds(folder, platform.Core)) is { } folder ? (folder, places.NamedBy) : null;
        }

        foreach (string folder in places.ApplicationFolders)
        {
            if (Holds(folder, platform.Core))
                return (folder, "application folder");
        }

        foreach (string folder in PackageFolders(PackageOf(platform), places.LibTorchVersion))
        {
            if (Holds(folder, platform.Core))
                return (folder, "package cache");
        }

        return null;
    }

    private IEnumerable<string> PackageFolders(string package, string version) =>
        platform.HasPackages
            ? places.PackageCaches.Select(cache => Path.Combine(cache, package, version, "runtimes", platform.Rid, "native"))
            : [];

    private bool Holds(string folder, IReadOnlyList<string> files)
    {
        string? missing = Directory.Exists(folder)
            ? files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } file ? $"no {file}" : null
            : "no such folder";
        if (missing is not null)
            tried.Add($"{folder} ({missing})");
        return missing is null;
    }
}
