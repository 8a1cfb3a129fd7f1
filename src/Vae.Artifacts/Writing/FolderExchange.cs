using System.Runtime.InteropServices;

namespace Vae.Artifacts.Writing;

/// <summary>Two folders of one disk change places in one step, which .NET has no call for: a process killed at any moment leaves one or the other.</summary>
internal static partial class FolderExchange
{
    private const int CurrentFolder = -100;
    private const uint LinuxExchange = 2;
    private const uint MacSwap = 2;

    /// <summary>Exchanges the two. False, and nothing changed, where the system or the file system cannot.</summary>
    public static bool TryExchange(string one, string other)
    {
        try
        {
            return (OperatingSystem.IsLinux() && RenameAt2(CurrentFolder, one, CurrentFolder, other, LinuxExchange) == 0)
                || (OperatingSystem.IsMacOS() && RenameX(one, other, MacSwap) == 0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // glibc before 2.28.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameX(string one, string other, uint flags);
}
