using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Dsl.Diagnostics;

namespace Vae.Torch.Native;

/// <summary>Loads what <see cref="NativeLocator"/> finds, in an order in which TorchSharp's own loader then succeeds by name.</summary>
internal static class NativeLoader
{
    /// <summary>Loads libtorch and LibTorchSharp.</summary>
    /// <exception cref="VaeException">VAE0001. Nothing of TorchSharp was touched.</exception>
    public static LoadedTorch Load(TorchRuntimeOptions options)
    {
        var platform = NativePlatform.Current;
        var places = NativeSearchPlaces.Current(options, platform.Rid);
        NativeLocator locator = new(platform, places);
        NativeFiles files = locator.Find() ?? throw NativeFailure.NotFound(platform, places, locator.Tried);

        foreach ((string name, string value) in options.NativeEnvironment)
            LibC.SetVariable(name, value);
        if (options.TuneAllocator)
            LibC.KeepFreedMemory();

        // Absolute paths keep a distribution's older libtorch out, which the bare names would find first.
        nint libTorchCpu = 0;
        foreach (string file in files.LibTorch)
        {
            nint handle = LoadFile(file, locator.Tried);
            if (Path.GetFileName(file) == platform.Core[1])
                libTorchCpu = handle;
        }

        Version? version = LoadedTorch.VersionOf(libTorchCpu);
        if (version is null || version < Version.Parse(places.LibTorchVersion))
            throw NativeFailure.TooOld(files, version, places.LibTorchVersion);
        string torchSharp = LoadTorchSharp(files.TorchSharp, locator.Tried);

        // This is what TorchSharp will do first. Where it failed, TorchSharp would go on to copy every native file.
        if (!NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, null, out _))
            throw NativeFailure.NotLoaded(torchSharp, "TorchSharp does not find it by its name.", locator.Tried);
        try
        {
            bool cuda = files.HasCuda && torch.cuda.is_available();
            return new(libTorchCpu, new(
                files.LibTorchFolder,
                files.Origin,
                [.. files.LibTorch, torchSharp],
                torchSharp != files.TorchSharp,
                version.ToString(),
                places.TorchSharpVersion,
                LoadedTorch.CpuCapabilityOf(libTorchCpu),
                cuda,
                cuda ? CudaDriver.DeviceNames() : [],
                torch.get_num_threads()));
        }
        catch (Exception failure) when (failure is TypeInitializationException or NotSupportedException or EntryPointNotFoundException)
        {
            throw NativeFailure.NotLoaded(
                torchSharp,
                $"{failure.GetBaseException().Message} (Was 'torch' used in this process before TorchRuntime.EnsureLoaded()? Then start it again.)",
                locator.Tried,
                failure);
        }
    }

    private static string LoadTorchSharp(string file, IReadOnlyList<string> tried)
    {
        try
        {
            NativeLibrary.Load(file);
            return file;
        }
        catch (DllNotFoundException failure) when (OperatingSystem.IsLinux() && failure.Message.Contains(PatchedLibrary.Version, StringComparison.Ordinal))
        {
            // The loader's text is translated, the version's name is not: the system's C++ library is too old.
            return LoadPatched(file, tried, failure);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw NativeFailure.NotLoaded(file, failure.Message, tried, failure);
        }
    }

    private static string LoadPatched(string file, IReadOnlyList<string> tried, DllNotFoundException reason)
    {
        try
        {
            string copy = PatchedLibrary.Make(file, PatchedLibrary.DefaultCache());
            LoadFile(copy, tried);
            return copy;
        }
        catch (FormatException refusal)
        {
            throw NativeFailure.NotLoaded(file, $"{reason.Message} A private copy without that need could not be made: {refusal.Message}.", tried, refusal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NativeFailure.NotLoaded(
                file,
                $"{reason.Message} A private copy without that need could not be written: {failure.Message} Set XDG_CACHE_HOME to a folder that can be written.",
                tried,
                failure);
        }
    }

    private static nint LoadFile(string file, IReadOnlyList<string> tried)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw NativeFailure.NotLoaded(file, failure.Message, tried, failure);
        }
    }
}
