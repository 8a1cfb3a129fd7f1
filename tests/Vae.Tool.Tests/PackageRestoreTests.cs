using System.IO.Compression;
using Vae.Torch.Native;

namespace Vae.Tool.Tests;

/// <summary>The tool in the home of a user who has no native libraries, with the NuGet configuration of the folder it runs in.</summary>
public sealed class PackageRestoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae restore 50% $(é)");
    private readonly string _package = NativeLocator.PackageOf(NativePlatform.Current);

    public PackageRestoreTests()
    {
        _folder.CreateSubdirectory("feed");
        _folder.CreateSubdirectory("project/specs");
        // The path of a source and that of the packages are relative to the file that names them.
        File.WriteAllText(Path.Combine(_folder.FullName, "project", "NuGet.Config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="../packages" /></config>
              <packageSources><clear /><add key="feed" value="../feed" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_package_that_no_source_has_is_VAE0002_with_its_name_and_what_to_do()
    {
        (int code, _, string error) = await DoctorAsync();

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"error VAE0002: {_package} 2.10.0 is needed to train and could not be restored: NU1101: Unable to find package {_package}.", error, StringComparison.Ordinal);
        Assert.Contains($"'dotnet package download {_package}@2.10.0'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("natives.csproj", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_the_projects_source_has_is_restored_to_the_projects_package_folder_and_used()
    {
        PackStandIn();
        (_, _, string error) = await DoctorAsync();

        // It is found, and being no library at all, refused with its full path.
        string library = Path.Combine(_folder.FullName, "packages", _package, "2.10.0", "runtimes", NativePlatform.Current.Rid, "native", NativePlatform.Current.Core[0]);
        Assert.True(File.Exists(library), error);
        Assert.Contains($"restoring {_package} 2.10.0 from your NuGet sources", error, StringComparison.Ordinal);
        Assert.Contains($"error VAE0001: '{library}' could not be loaded.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_at_once_restore_it_once()
    {
        PackStandIn();
        // As the build does it: the package folder of the project is handed over.
        string packages = Path.Combine(_folder.FullName, "packages");
        (int Code, string Out, string Error)[] outcomes = await Task.WhenAll(DoctorAsync(packages), DoctorAsync(packages));

        Assert.Single(outcomes, outcome => outcome.Error.Contains("restoring ", StringComparison.Ordinal));
        Assert.All(outcomes, outcome => Assert.Contains("error VAE0001: '" + packages, outcome.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ONNX_Runtime_that_no_source_has_is_named_with_what_to_do()
    {
        (int code, _, string error) = await SampleAsync();

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("error VAE4071: ", error, StringComparison.Ordinal);
        Assert.Contains($"microsoft.ml.onnxruntime {OnnxRuntimeLibrary.BuiltFor} is needed to run models and could not be restored: NU1101: ", error, StringComparison.Ordinal);
        Assert.Contains("set VAE_ONNXRUNTIME to the folder of ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ONNX_Runtime_that_the_projects_source_has_is_restored_and_used()
    {
        PackStandIn("microsoft.ml.onnxruntime", OnnxRuntimeLibrary.BuiltFor, [OnnxRuntimeLibrary.FileName]);
        (_, _, string error) = await SampleAsync();

        // Being no library at all, it is refused with its full path.
        string library = Path.Combine(_folder.FullName, "packages", "microsoft.ml.onnxruntime", OnnxRuntimeLibrary.BuiltFor, "runtimes", NativePlatform.Current.Rid, "native", OnnxRuntimeLibrary.FileName);
        Assert.True(File.Exists(library), error);
        Assert.Contains($"restoring microsoft.ml.onnxruntime {OnnxRuntimeLibrary.BuiltFor} from your NuGet sources", error, StringComparison.Ordinal);
        Assert.Contains($"error VAE4071: models are run by ONNX Runtime, whose native library cannot be loaded: '{library}' cannot be loaded: ", error, StringComparison.Ordinal);
    }

    // A folder with a spec is as far as it comes.
    private Task<(int Code, string Out, string Error)> SampleAsync()
    {
        string specs = Path.Combine(_folder.FullName, "project", "specs");
        File.WriteAllText(Path.Combine(specs, "spec.resolved.yaml"), Workspace.TinySpec);
        return ToolProcess.Run(["sample", specs], Home(packages: null), specs, ToolProcess.Packed);
    }

    private Task<(int Code, string Out, string Error)> DoctorAsync(string? packages = null)
    {
        return ToolProcess.Run(["doctor", "--restore"], Home(packages), Path.Combine(_folder.FullName, "project", "specs"));
    }

    private Dictionary<string, string> Home(string? packages)
    {
        string home = _folder.CreateSubdirectory("home").FullName;
        return new(StringComparer.Ordinal) { ["HOME"] = home, ["USERPROFILE"] = home, ["LOCALAPPDATA"] = home, ["VAE_LIBTORCH"] = "", ["VAE_ONNXRUNTIME"] = "", ["NUGET_PACKAGES"] = packages ?? "" };
    }

    private void PackStandIn() => PackStandIn(_package, "2.10.0", [.. NativePlatform.Current.Core, NativePlatform.Current.TorchSharp]);

    /// <summary>A package of the right name and with the right files, which hold nothing.</summary>
    private void PackStandIn(string id, string version, string[] files)
    {
        using ZipArchive package = ZipFile.Open(Path.Combine(_folder.FullName, "feed", $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (StreamWriter nuspec = new(package.CreateEntry($"{id}.nuspec").Open()))
            nuspec.Write($"<package><metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>A stand-in.</description></metadata></package>");
        foreach (string file in files)
            package.CreateEntry($"runtimes/{NativePlatform.Current.Rid}/native/{file}");
    }
}
