using System.Runtime.InteropServices;

namespace Vae.Torch.Native;

/// <summary>The few calls of the C library that .NET has no name for.</summary>
internal static partial class LibC
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    // More than a small model's step needs, less than anybody would miss.
    private const nuint MuchFreeMemory = 192 << 20;

    /// <summary>Sets a variable for native code and for .NET.</summary>
    public static void SetVariable(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows())
            _ = SetEnv(name, value, 1);
    }

    /// <summary>
    /// Keeps freed memory in the process. All three or none: setting one alone switches off glibc's own adaption, which is slower.
    /// A C library without <c>mallopt</c> is left as it is.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = MallOpt(MmapThreshold, 1 << 30);
            _ = MallOpt(TrimThreshold, int.MaxValue);
            _ = MallOpt(TopPad, 64 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such call, and needs none.
        }
    }

    /// <summary>
    /// Gives memory that is free but kept back to the system once there is much of it: see <see cref="WorkerProcess"/> for where it comes
    /// from in a process that was not started for training.
    /// </summary>
    public static void ReturnFreeMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            if (MallInfo2().FreeBytes > MuchFreeMemory)
                _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl, and glibc before 2.33.
        }
    }

    /// <summary>Puts another program in this process's place. Returns only on failure.</summary>
    public static void Execute(string program, string[] arguments) => _ = ExecV(program, [.. arguments, null]);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocCounts MallInfo2();

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ExecV(string program, string?[] arguments);

    /// <summary>glibc's <c>struct mallinfo2</c>, of which the free bytes count here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocCounts
    {
        private readonly nuint arena, ordinary, fast, mapped, mappedBytes, unused, fastBytes, used;
        public readonly nuint FreeBytes;
        private readonly nuint keepable;
    }
}
