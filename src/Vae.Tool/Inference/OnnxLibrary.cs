using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Vae.Tool.Inference;

/// <summary>
/// Finds the native half of ONNX Runtime where it does not lie beside the tool: in the NuGet package cache, at the version that the tool was
/// built with. There it is wherever a project references <c>Vae.MsBuild</c> or <c>Vae.Runtime</c>.
/// </summary>
internal static class OnnxLibrary
{
    private const string Name = "onnxruntime";

    /// <summary>The package's id in the form of the package cache's folders.</summary>
    public const string Package = "microsoft.ml.onnxruntime";

    private static readonly Lock Gate = new();
    private static bool isRegistered;

    /// <summary>The package's version.</summary>
    public static string Version { get; } =
        typeof(OnnxLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "Vae.OnnxRuntimeVersion").Value!;

    /// <summary>Has the library found when it is first needed. To be called before the first session is made; costs nothing.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (isRegistered)
                return;
            // Asked only after the runtime has looked beside the application in vain.
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Load(name);
            isRegistered = true;
        }
    }

    private static nint Load(string name)
    {
        string file = Path.GetFileNameWithoutExtension(name);
        if (file != Name && file != "lib" + Name)
            return 0;
        string? path = Places().FirstOrDefault(File.Exists);
        return path is null ? 0 : NativeLibrary.Load(path);
    }

    private static IEnumerable<string> Places()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string file = OperatingSystem.IsWindows() ? Name + ".dll" : OperatingSystem.IsMacOS() ? $"lib{Name}.dylib" : $"lib{Name}.so";
        string native = Path.Combine("runtimes", $"{system}-{processor}", "native", file);
        yield return Path.Combine(AppContext.BaseDirectory, native);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (string? cache in (string?[])[Environment.GetEnvironmentVariable("NUGET_PACKAGES"), home.Length > 0 ? Path.Combine(home, ".nuget", "packages") : null])
        {
            if (!string.IsNullOrEmpty(cache))
                yield return Path.Combine(cache, Package, Version, native);
        }
    }
}
