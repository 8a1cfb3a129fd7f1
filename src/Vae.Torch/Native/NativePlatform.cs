using System.Runtime.InteropServices;

namespace Vae.Torch.Native;

/// <summary>The names that one operating system and processor give the native libraries.</summary>
/// <param name="Rid">The runtime identifier of its packages.</param>
/// <param name="HasPackages">Whether packages for it exist.</param>
/// <param name="Core">The libraries of libtorch, in the order of their loading.</param>
/// <param name="CudaAt">Where in that order the CUDA libraries come.</param>
/// <param name="Cuda">The libraries of libtorch's CUDA half, in the order of their loading.</param>
/// <param name="TorchSharp">The library that TorchSharp calls.</param>
internal sealed record NativePlatform(
    string Rid, bool HasPackages, IReadOnlyList<string> Core, int CudaAt, IReadOnlyList<string> Cuda, string TorchSharp)
{
    /// <summary>The platform of this process.</summary>
    public static NativePlatform Current { get; } = Of(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        RuntimeInformation.ProcessArchitecture);

    /// <summary>The platform of an operating system and a processor.</summary>
    public static NativePlatform Of(OSPlatform system, Architecture architecture)
    {
        (string name, string prefix, string suffix) = system == OSPlatform.Windows ? ("win", "", ".dll")
            : system == OSPlatform.OSX ? ("osx", "lib", ".dylib")
            : ("linux", "lib", ".so");
        string processor = architecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "x86",
            Architecture.Arm => "arm",
            _ => "other",
        };
        string rid = $"{name}-{processor}";
        string File(string library) => prefix + library + suffix;
        return new(
            rid,
            rid is "linux-x64" or "win-x64" or "osx-arm64",
            [File("c10"), File("torch_cpu"), File("torch")],
            2,
            [File("c10_cuda"), File("torch_cuda")],
            prefix + "LibTorchSharp" + suffix);
    }
}
