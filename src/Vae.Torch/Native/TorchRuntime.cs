using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Dsl.Diagnostics;

namespace Vae.Torch.Native;

/// <summary>
/// Brings libtorch into the process. Call <see cref="EnsureLoaded"/> before the first touch of <c>torch</c>: TorchSharp's own
/// loader would otherwise fail on systems with an older C++ library, print its trace and copy half a gigabyte.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static LoadedTorch? loaded;

    /// <summary>
    /// Finds and loads libtorch once per process, from whichever thread asks first, and applies threads and denormals to the
    /// calling thread each time. After a failure nothing is remembered: mend the machine and call again.
    /// </summary>
    /// <exception cref="VaeException">VAE0001: libtorch was not found or could not be loaded.</exception>
    public static TorchRuntimeInfo EnsureLoaded(TorchRuntimeOptions? options = null)
    {
        options ??= new();
        lock (Gate)
        {
            loaded ??= NativeLoader.Load(options);
            if (options.FlushDenormal)
                loaded.SetFlushDenormal(true);
            if (options.Threads is { } threads)
                torch.set_num_threads(Math.Max(1, threads));
            return loaded.Info with { Threads = torch.get_num_threads() };
        }
    }

    /// <summary>
    /// Makes denormal floats zero (or keeps them) on the calling thread and the threads that it starts later, so call it on the
    /// training thread before the first parallel operation.
    /// </summary>
    /// <returns>Whether this libtorch and this processor can; where not, training is only slower.</returns>
    /// <exception cref="VaeException">VAE0001: libtorch was not found or could not be loaded.</exception>
    public static bool SetFlushDenormal(bool flush)
    {
        lock (Gate)
        {
            loaded ??= NativeLoader.Load(new());
            return loaded.SetFlushDenormal(flush);
        }
    }

    /// <summary>
    /// Whether the libtorch that would be loaded has a CUDA half, from the names of its files alone: where it has none, a training runs on the
    /// processor, and nothing need be loaded to know that. False too where there is no libtorch.
    /// </summary>
    public static bool HasCudaLibraries(TorchRuntimeOptions? options = null)
    {
        NativePlatform platform = NativePlatform.Current;
        return new NativeLocator(platform, NativeSearchPlaces.Current(options ?? new(), platform.Rid)).Find() is { HasCuda: true };
    }

    /// <summary>
    /// The package to restore before libtorch can be loaded: <c>null</c> where libtorch is found, where the user named a folder
    /// (which is used or refused), and where there is no package for this machine. Loads nothing.
    /// </summary>
    public static TorchPackage? MissingPackage(TorchRuntimeOptions? options = null)
    {
        NativePlatform platform = NativePlatform.Current;
        NativeSearchPlaces places = NativeSearchPlaces.Current(options ?? new(), platform.Rid);
        bool wanted = platform.HasPackages && places.NamedFolder is null && !new NativeLocator(platform, places).HasLibTorch();
        return wanted ? new(NativeLocator.PackageOf(platform), places.LibTorchVersion) : null;
    }

    /// <summary>Tries to load libtorch and tells what came of it. Never throws.</summary>
    public static TorchInspection Inspect(TorchRuntimeOptions? options = null)
    {
        try
        {
            return new(EnsureLoaded(options), []);
        }
        catch (VaeException failure)
        {
            return new(null, failure.Diagnostics);
        }
    }
}
