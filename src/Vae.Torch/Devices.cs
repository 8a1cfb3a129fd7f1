using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Torch.Native;

namespace Vae.Torch;

/// <summary>From what a spec says to a device.</summary>
internal static class Devices
{
    /// <summary>The device to use.</summary>
    /// <exception cref="VaeException">VAE4002: CUDA is asked for, and this libtorch or this machine has none.</exception>
    public static torch.Device Choose(DeviceChoice choice, TorchRuntimeInfo runtime)
    {
        if (choice == DeviceChoice.Cuda && !runtime.CudaAvailable)
        {
            throw new VaeException(DiagnosticTable.Training.NoCuda.At(
                null,
                $"'device: cuda' is asked for, but the libtorch in {runtime.LibTorchFolder} finds no CUDA device. Use 'device: cpu' or 'device: auto', or set VAE_LIBTORCH to the folder of a libtorch with CUDA."));
        }

        return choice != DeviceChoice.Cpu && runtime.CudaAvailable ? torch.CUDA : torch.CPU;
    }
}
