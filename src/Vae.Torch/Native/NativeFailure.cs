using System.Text;
using Vae.Dsl.Diagnostics;

namespace Vae.Torch.Native;

/// <summary>The texts of VAE0001.</summary>
internal static class NativeFailure
{
    /// <summary>No place holds a complete set of libraries.</summary>
    public static VaeException NotFound(NativePlatform platform, NativeSearchPlaces places, IReadOnlyList<string> tried)
    {
        string what;
        string remedy;
        if (places.NamedFolder is { } named)
        {
            what = $"{places.NamedBy} names '{named}', which does not hold libtorch.";
            remedy = $"Point {places.NamedBy} at the folder with {string.Join(", ", platform.Core)} (of a PyTorch wheel: its torch/lib), or clear it.";
        }
        else if (!platform.HasPackages)
        {
            what = $"There is no libtorch package for {platform.Rid}.";
            remedy = $"Set {NativeSearchPlaces.Variable} to a folder that holds libtorch {places.LibTorchVersion} and {platform.TorchSharp} for this machine.";
        }
        else
        {
            what = $"libtorch {places.LibTorchVersion} was not found.";
            string package = NativeLocator.PackageOf(platform);
            remedy = $"Get the package with 'dotnet package download {package}@{places.LibTorchVersion}', or let your project restore it: "
                + $"<PackageDownload Include=\"{package}\" Version=\"[{places.LibTorchVersion}]\" />. Beside it, torchsharp {places.TorchSharpVersion} must be in the package cache or in the application. "
                + $"Or set {NativeSearchPlaces.Variable} to a folder that holds libtorch.";
        }

        return Failure(what, tried, remedy, null);
    }

    /// <summary>A library is there and does not load.</summary>
    public static VaeException NotLoaded(string file, string loaderText, IReadOnlyList<string> tried, Exception? inner = null)
    {
        StringBuilder what = new($"'{file}' could not be loaded. The loader says: {loaderText.ReplaceLineEndings(" ").Trim()}");
        string[] mapped = MappedLibraries();
        if (mapped.Length > 0)
            what.Append(" Already in the process: ").AppendJoin(", ", mapped).Append('.');
        return Failure(
            what.ToString(),
            tried,
            $"If the file is damaged, delete its package folder and restore again. If a library that it needs is missing or too old, update the system, or set {NativeSearchPlaces.Variable} to another libtorch.",
            inner);
    }

    /// <summary>libtorch is older than TorchSharp needs.</summary>
    public static VaeException TooOld(NativeFiles files, Version? version, string needed) =>
        Failure(
            $"'{files.LibTorchFolder}' ({files.Origin}) holds libtorch {version?.ToString() ?? "older than 2.8"}, but TorchSharp needs {needed} or newer.",
            [],
            $"Point {NativeSearchPlaces.Variable} at a newer one, or clear it. Then start the process again: this one keeps the old library.",
            null);

    private static VaeException Failure(string what, IReadOnlyList<string> tried, string remedy, Exception? inner)
    {
        // One line: a diagnostic is one, in a build's log as in a terminal.
        StringBuilder text = new(what);
        if (tried.Count > 0)
            text.Append(" Tried: ").AppendJoin("; ", tried).Append('.');
        text.Append(' ').Append(remedy);
        return new VaeException(DiagnosticTable.Environment.NativeLibrary.At(null, text.ToString()), inner);
    }

    /// <summary>The first thing to know when a symbol is missing: which libtorch and which C++ library the process has.</summary>
    private static string[] MappedLibraries()
    {
        const string Maps = "/proc/self/maps";
        if (!File.Exists(Maps))
            return [];
        string[] names = ["libtorch", "libc10", "libLibTorchSharp", "libstdc++"];
        return
        [
            .. File.ReadLines(Maps)
                .Select(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? line[slash..] : "")
                .Where(path => names.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
