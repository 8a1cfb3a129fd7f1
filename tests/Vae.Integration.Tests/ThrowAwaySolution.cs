using System.Text.Json;

namespace Vae.Integration.Tests;

/// <summary>
/// A folder of throw-away projects that use the build as the package's consumers do, with the stand-in for the trainer unless another is given.
/// Its path has a space and letters outside ASCII.
/// </summary>
internal sealed class ThrowAwaySolution : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae bäu é");
    private readonly string _version = "";
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);

    public ThrowAwaySolution(string? trainer = null, bool withClasses = true)
    {
        withClasses &= trainer is not null;
        // What the stand-in trains is no spec, so no class comes of it; those of real specs rest on Vae.Runtime, which the package would bring.
        string runtime = !withClasses ? "" : $"""<ItemGroup><Reference Include="{Repository.Runtime}" /><PackageReference Include="Microsoft.ML.OnnxRuntime" /></ItemGroup>""";
        Write("Directory.Build.props", $"""
            <Project>
              <Import Project="{Repository.PathOf("src", "Vae.MsBuild", "build", "Vae.MsBuild.props")}" />
              <PropertyGroup>
                <UseSharedCompilation>false</UseSharedCompilation>
                <VaeGenerateClasses>{(withClasses ? "true" : "false")}</VaeGenerateClasses>
                <!-- A store of its own: what another test trained, or whoever runs the tests, is not there. -->
                <VaeCacheDirectory Condition="'$(VaeCacheDirectory)' == ''">$(MSBuildThisFileDirectory)store</VaeCacheDirectory>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Build.targets", $"""
            <Project>
              <PropertyGroup>
                <_VaeTaskAssembly>{Repository.TaskAssembly}</_VaeTaskAssembly>
                <VaeToolPath>{trainer ?? Repository.FakeTrainer}</VaeToolPath>
              </PropertyGroup>
              {runtime}
              <Import Project="{Repository.PathOf("src", "Vae.MsBuild", "build", "Vae.MsBuild.targets")}" />
            </Project>
            """);
        Write("app/app.csproj", Project(""));
    }

    private ThrowAwaySolution(string version, string configuration, string properties)
    {
        _version = version;
        // It would come before the configuration's own folder of packages.
        _environment.Add("NUGET_PACKAGES", null);
        Write("NuGet.Config", configuration);
        Write("Directory.Build.props", $"<Project><PropertyGroup><UseSharedCompilation>false</UseSharedCompilation><VaeCacheDirectory>$(MSBuildThisFileDirectory)store</VaeCacheDirectory>{properties}</PropertyGroup></Project>");
    }

    /// <summary>The item with which a project takes the package of the build; only where the solution has packages.</summary>
    public string Package => $"""<PackageReference Include="Vae.MsBuild" Version="{_version}" />""";

    /// <summary>An empty solution whose projects restore the packed packages, as a user's would; with the stand-in for the trainer unless another is given.</summary>
    public static async Task<ThrowAwaySolution> WithPackagesAsync(string? trainer = null)
    {
        LocalFeed feed = await LocalFeed.GetAsync();
        return new ThrowAwaySolution(feed.Version, await feed.ConfigurationAsync(), $"<VaeToolPath>{trainer ?? Repository.FakeTrainer}</VaeToolPath>");
    }

    /// <summary>The same with the trainer that is in the package, for a user whose home is empty: no libtorch is there, and no store of models.</summary>
    public static async Task<ThrowAwaySolution> OfNewUserAsync()
    {
        LocalFeed feed = await LocalFeed.GetAsync();
        ThrowAwaySolution solution = new(feed.Version, await feed.ConfigurationAsync(), "");
        string home = solution._folder.CreateSubdirectory("home").FullName;
        foreach (string variable in (string[])["HOME", "USERPROFILE", "LOCALAPPDATA"])
            solution._environment.Add(variable, home);
        solution._environment.Add("XDG_CACHE_HOME", Path.Combine(home, ".cache"));
        return solution;
    }

    /// <summary>Makes a folder of the solution a source of packages too; only where the solution has packages.</summary>
    public void UseFeed(string folder)
    {
        Directory.CreateDirectory(PathOf(folder));
        Write("NuGet.Config", File.ReadAllText(PathOf("NuGet.Config")).Replace("<clear />", $"""<clear /><add key="own" value="{PathOf(folder)}" />""", StringComparison.Ordinal));
    }

    public static string Project(string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """;

    public Task<DotNetResult> BuildAsync(params string[] options) => RunAsync(["build", "app", .. options]);

    public Task<DotNetResult> RunAsync(IEnumerable<string> arguments, Action<string>? onLine = null, CancellationToken interrupt = default) =>
        DotNet.RunAsync(_folder.FullName, [.. arguments, "-nodeReuse:false", "-tl:off"], onLine, _environment, interrupt);

    /// <summary>Runs a command of the SDK in one of its folders, with its environment and nothing added.</summary>
    public Task<DotNetResult> RunInAsync(string folder, params string[] arguments) => DotNet.RunAsync(PathOf(folder), arguments, environment: _environment);

    /// <summary>The arguments of each start of the trainer for a spec of the project.</summary>
    public IReadOnlyList<string[]> Trainings(string name = "mnist", string project = "app", string configuration = "Debug")
    {
        string log = PathOf($"{project}/obj/vae/{configuration}/{name}.arguments");
        return File.Exists(log) ? [.. File.ReadLines(log).Select(line => JsonSerializer.Deserialize<string[]>(line)!)] : [];
    }

    public string PathOf(string path) => Path.Combine(_folder.FullName, path);

    public bool Has(string path) => File.Exists(PathOf(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
