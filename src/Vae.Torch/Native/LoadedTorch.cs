using System.Runtime.InteropServices;

namespace Vae.Torch.Native;

/// <summary>A libtorch in this process, and the functions that TorchSharp does not expose. A missing one is no error.</summary>
/// <param name="library">The handle of libtorch_cpu.</param>
/// <param name="info">What was loaded.</param>
internal sealed unsafe class LoadedTorch(nint library, TorchRuntimeInfo info)
{
    /// <summary>What was loaded.</summary>
    public TorchRuntimeInfo Info { get; } = info;

    /// <summary><c>at::Context::setFlushDenormal(flush)</c>, a static function in libtorch 2.10, on the calling thread.</summary>
    public bool SetFlushDenormal(bool flush) =>
        NativeLibrary.TryGetExport(library, "_ZN2at7Context16setFlushDenormalEb", out nint function)
        && ((delegate* unmanaged<byte, byte>)function)(flush ? (byte)1 : (byte)0) != 0;

    /// <summary>The version that libtorch states itself (2.8 and newer), or <c>null</c>.</summary>
    public static Version? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out nint function))
            return null;
        ulong version = ((delegate* unmanaged<ulong>)function)();
        return new((int)(version >> 56), (int)(version >> 48 & 0xff), (int)(version >> 40 & 0xff));
    }

    /// <summary><c>at::get_cpu_capability()</c>, or <c>unknown</c>.</summary>
    public static string CpuCapabilityOf(nint library)
    {
        // It returns a std::string by value: on x86-64 the caller passes the place as a hidden first argument. Other ABIs differ.
        bool callable = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (!callable || !NativeLibrary.TryGetExport(library, "_ZN2at18get_cpu_capabilityB5cxx11Ev", out nint function))
            return "unknown";
        nint* text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint*>)function)(text);
        return Marshal.PtrToStringUTF8(text[0], (int)text[1]);
    }
}
