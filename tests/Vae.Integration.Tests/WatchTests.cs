namespace Vae.Integration.Tests;

/// <summary><c>dotnet watch</c> builds again when a spec changes: one of the project, or one that a referenced project has.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ThrowAwaySolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task Dotnet_watch_builds_again_when_a_spec_or_its_base_changes()
    {
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<ProjectReference Include="../shared/shared.csproj" ReferenceOutputAssembly="false" />"""));
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("shared/shared.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><IsVaeSpecPackage>true</IsVaeSpecPackage></PropertyGroup></Project>""");
        _solution.Write("shared/base.vae.yaml", "vae: 1\n");
        (await _solution.RunAsync(["restore", "app"])).MustSucceed();
        using CancellationTokenSource stop = new();
        using SemaphoreSlim waits = new(0);

        Task<DotNetResult> watch = DotNet.RunAsync(
            _solution.PathOf("app"),
            ["watch", "--non-interactive", "build", "--no-restore", "-nodeReuse:false"],
            line => _ = line.Contains("Waiting for a file to change", StringComparison.Ordinal) ? waits.Release() : 0,
            kill: stop.Token);
        Assert.True(await waits.WaitAsync(Patience), "the first build");
        Assert.Single(_solution.Trainings());

        _solution.Write("app/mnist.vae.yaml", "vae: 1\nlatent: 3\n");
        Assert.True(await waits.WaitAsync(Patience), "a build after the spec changed");
        Assert.Equal(2, _solution.Trainings().Count);
        _solution.Write("shared/base.vae.yaml", "vae: 1\nlatent: 4\n");
        Assert.True(await waits.WaitAsync(Patience), "a build after the base changed");

        await stop.CancelAsync();
        await watch.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_editors_check_and_dotnet_watch_follow_the_specs_of_packages()
    {
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpecPackage Include="Acme.Specs" Path="../shared" />"""));
        _solution.Write("shared/deep/base.vae.yaml", "vae: 1\n");
        _solution.Write("shared/obj/copy.vae.yaml", "vae: 1\n");
        (await _solution.RunAsync(["restore", "app"])).MustSucceed();

        DotNetResult items = (await DotNet.RunAsync(_solution.PathOf("app"), ["msbuild", "-t:_CollectVaeWatchItems", "-getItem:Watch,UpToDateCheckInput"])).MustSucceed();

        Assert.Equal(2, items.Output.Split('\n').Count(line => line.Contains("\"FullPath\"", StringComparison.Ordinal) && line.Contains("base.vae.yaml", StringComparison.Ordinal)));
        Assert.DoesNotContain("copy.vae.yaml", items.Output, StringComparison.Ordinal);
    }
}
