namespace Vae.Torch.Native;

/// <summary>What was loaded, and what it can do.</summary>
/// <param name="LibTorchFolder">The folder that libtorch was loaded from.</param>
/// <param name="Origin">How that folder was found: <c>VAE_LIBTORCH</c>, <c>application folder</c>, <c>package cache</c>.</param>
/// <param name="Files">The libraries by absolute path, in the order of their loading; the last is LibTorchSharp.</param>
/// <param name="Patched">Whether LibTorchSharp is a private copy that asks no longer for a newer C++ library.</param>
/// <param name="LibTorchVersion">libtorch's version as it says itself, otherwise its folder's.</param>
/// <param name="TorchSharpVersion">The version of TorchSharp that this assembly was built with.</param>
/// <param name="CpuCapability">The instruction set that libtorch uses (<c>AVX2</c>, <c>AVX512</c>, <c>DEFAULT</c>), or <c>unknown</c>.</param>
/// <param name="CudaAvailable">Whether a CUDA device can be used.</param>
/// <param name="CudaDevices">The names of the CUDA devices.</param>
/// <param name="Threads">Threads of the tensor library on the calling thread.</param>
public sealed record TorchRuntimeInfo(
    string LibTorchFolder,
    string Origin,
    IReadOnlyList<string> Files,
    bool Patched,
    string LibTorchVersion,
    string TorchSharpVersion,
    string CpuCapability,
    bool CudaAvailable,
    IReadOnlyList<string> CudaDevices,
    int Threads);
