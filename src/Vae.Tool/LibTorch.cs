using Vae.Dsl.Diagnostics;
using Vae.Torch.Native;

namespace Vae.Tool;

/// <summary>libtorch for the commands that compute: restored where it is missing, loaded, and of the kind that was asked for.</summary>
internal static class LibTorch
{
    // Where it was restored to a folder that only the user's NuGet configuration names, the second call would look in vain again.
    private static string? packageFolder;

    /// <summary>Loads libtorch into this process.</summary>
    /// <param name="backend">What it must have; <c>null</c> for anything.</param>
    /// <param name="tell">Told what takes long: a download, or another process that downloads.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="VaeException">VAE0001, VAE0002: it cannot be loaded or restored. VAE0025: it has no CUDA.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TorchRuntimeInfo EnsureLoaded(Backend? backend, Action<string> tell, CancellationToken cancellationToken)
    {
        var options = new TorchRuntimeOptions { TuneAllocator = true, PackageFolder = packageFolder };
        if (TorchRuntime.MissingPackage(options) is { } package)
        {
            if (backend == Backend.Cuda)
                throw NoCuda($"there is no libtorch here but the package {package.Id}, which has none");
            packageFolder = PackageRestore.Run(
                new NativePackage(package.Id, package.Version, "100 to 200 MB", "to train", "set VAE_LIBTORCH to the folder of a libtorch that is on this machine"),
                () => TorchRuntime.MissingPackage() is null,
                tell,
                cancellationToken);
            options = options with { PackageFolder = packageFolder };
        }

        TorchRuntimeInfo runtime = TorchRuntime.EnsureLoaded(options);
        return backend == Backend.Cuda && !runtime.CudaAvailable
            ? throw NoCuda($"the libtorch in '{runtime.LibTorchFolder}' ({runtime.Origin}) finds no device for it")
            : runtime;
    }

    // The packages with CUDA (TorchSharp-cuda-linux, TorchSharp-cuda-windows) hold libraries in pieces, which their own targets put together in a project's bin.
    private static VaeException NoCuda(string why) => new(DiagnosticTable.Environment.Backend.At(
        null,
        $"the backend cuda was asked for, but {why}. Set VAE_LIBTORCH to the folder of a libtorch with CUDA, such as torch/lib of a PyTorch wheel: the packages TorchSharp-cuda-linux and TorchSharp-cuda-windows are not restored by themselves."));
}
