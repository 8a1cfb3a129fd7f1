using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.ML.OnnxRuntime;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>
/// The native library of ONNX Runtime, which no package of ours holds: looked for where the user says, beside the application, and in the
/// NuGet cache, where the package lies for whoever builds with models; restored to there where it is nowhere.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    /// <summary>The variable that names the folder of another one.</summary>
    public const string Variable = "VAE_ONNXRUNTIME";

    private const string Package = "Microsoft.ML.OnnxRuntime";

    private static readonly Lock Gate = new();

    // What came of the first attempt that had all means.
    private static (string? Reason, bool IsFinal) outcome = ("", false);

    private static string loadedFrom = "";

    /// <summary>The version that this assembly was built for.</summary>
    public static string BuiltFor { get; } =
        typeof(OnnxRuntimeLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "Vae.OnnxRuntimeVersion").Value ?? "";

    /// <summary>What it is called on this system.</summary>
    public static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    private static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    private static string InPackage => Path.Combine("runtimes", Rid, "native");

    private static string Rid
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>Loads it, before anything else of ONNX Runtime is used. Later calls cost nothing.</summary>
    /// <param name="tell">Told what takes long, where a missing package is to be restored; <c>null</c> restores nothing.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <returns><c>null</c>, or why it cannot be loaded and what to do, in a sentence without an end.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string? TryLoad(Action<string>? tell, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (!outcome.IsFinal)
            {
                string? reason = Load(tell, cancellationToken);
                outcome = (reason, reason is null || tell is not null);
            }

            return outcome.Reason;
        }
    }

    /// <summary>The file that was loaded; empty before.</summary>
    public static string LoadedFrom => loadedFrom;

    private static string? Load(Action<string>? tell, CancellationToken cancellationToken)
    {
        string[] folders = [.. Folders()];
        if (Find(folders) is { } file)
            return LoadFrom(file);
        if (tell is null || Named is not null)
        {
            return $"{FileName} of ONNX Runtime {BuiltFor} is not in {string.Join(", not in ", folders)}; "
                + $"get it with 'dotnet package download {Package}@{BuiltFor}', or set {Variable} to its folder";
        }

        try
        {
            var package = new NativePackage(Package.ToLowerInvariant(), BuiltFor, "160 MB", "to run models", $"set {Variable} to the folder of {FileName}");
            string? restored = PackageRestore.Run(package, () => Find(Folders()) is not null, tell, cancellationToken);
            return Find(restored is null ? Folders() : [Path.Combine(restored, package.Id, package.Version, InPackage)]) is { } found
                ? LoadFrom(found)
                : $"{Package} {BuiltFor} holds no library for {Rid}; set {Variable} to the folder of one";
        }
        catch (VaeException e)
        {
            return e.Diagnostics[0].Message.TrimEnd('.');
        }
    }

    private static string? Find(IEnumerable<string> folders) => folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    private static string? LoadFrom(string file)
    {
        try
        {
            // Windows has one of its own, which is older: what was loaded by its path comes before that.
            nint library = NativeLibrary.Load(file);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Path.GetFileNameWithoutExtension(name) is "onnxruntime" or "libonnxruntime" ? library : 0;
            if (!OrtEnv.IsCreated)
            {
                // It writes to the standard error by itself, of graphics cards that are not there for instance.
                var quiet = new EnvironmentCreationOptions { logId = "vae", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
                OrtEnv.CreateInstanceWithOptions(ref quiet);
            }

            loadedFrom = file;
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException or OnnxRuntimeException)
        {
            return $"'{file}' cannot be loaded: {e.GetBaseException().Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')}; restore the package {Package} {BuiltFor} again, or set {Variable} to another folder";
        }
    }

    /// <summary>A folder that the user names is taken or refused, never passed over.</summary>
    private static IEnumerable<string> Folders()
    {
        if (Named is { } named)
            return [Path.GetFullPath(named)];
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string?[] caches = [Environment.GetEnvironmentVariable("NUGET_PACKAGES"), home.Length > 0 ? Path.Combine(home, ".nuget", "packages") : null];
        return
        [
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            Path.Combine(AppContext.BaseDirectory, InPackage),
            .. caches.Where(cache => !string.IsNullOrEmpty(cache)).Distinct(StringComparer.Ordinal)
                .Select(cache => Path.Combine(Path.GetFullPath(cache!), Package.ToLowerInvariant()))
                .SelectMany(Versions)
                .Select(version => Path.Combine(version, InPackage)),
        ];
    }

    /// <summary>The version that this assembly was built for; then newer ones, which a project may ask for and which run what is older.</summary>
    private static IEnumerable<string> Versions(string package)
    {
        var built = Version.Parse(BuiltFor);
        string[] folders = Directory.Exists(package) ? Directory.GetDirectories(package) : [];
        return
        [
            Path.Combine(package, BuiltFor),
            .. folders.Select(folder => (Path: folder, Version: Version.TryParse(Path.GetFileName(folder), out Version? version) ? version : null))
                .Where(folder => folder.Version > built)
                .OrderBy(folder => folder.Version)
                .Select(folder => folder.Path),
        ];
    }
}
