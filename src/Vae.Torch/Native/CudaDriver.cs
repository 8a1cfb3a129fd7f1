using System.Runtime.InteropServices;

namespace Vae.Torch.Native;

/// <summary>The names of CUDA devices, which TorchSharp does not tell, from NVIDIA's driver library.</summary>
internal static unsafe class CudaDriver
{
    private const int NameLength = 256;

    /// <summary>One name a visible device; empty where the driver does not answer.</summary>
    public static IReadOnlyList<string> DeviceNames()
    {
        string library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(library, out nint driver))
            return [];
        bool has = NativeLibrary.TryGetExport(driver, "cuInit", out nint init)
            & NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out nint getCount)
            & NativeLibrary.TryGetExport(driver, "cuDeviceGet", out nint getDevice)
            & NativeLibrary.TryGetExport(driver, "cuDeviceGetName", out nint getName);
        int count = 0;
        if (!has || ((delegate* unmanaged<uint, int>)init)(0) != 0 || ((delegate* unmanaged<int*, int>)getCount)(&count) != 0)
            return [];
        var names = new List<string>(count);
        byte* text = stackalloc byte[NameLength];
        for (int ordinal = 0; ordinal < count; ordinal++)
        {
            int device = 0;
            bool named = ((delegate* unmanaged<int*, int, int>)getDevice)(&device, ordinal) == 0
                && ((delegate* unmanaged<byte*, int, int, int>)getName)(text, NameLength, device) == 0;
            if (named)
                names.Add(Marshal.PtrToStringUTF8((nint)text) ?? "");
        }

        return names;
    }
}
