namespace Vae.Integration.Tests;

/// <summary>A library with three target frameworks, and projects that reference it: one training, whichever way it is built.</summary>
public sealed class TrainOnceTests : IAsyncLifetime
{
    private const int Users = 10;
    private static readonly string[] Frameworks = ["netstandard2.0", "net10.0", "net10.0-windows"];

    private ThrowAwaySolution _solution = null!;

    public async Task InitializeAsync()
    {
        _solution = await ThrowAwaySolution.WithPackagesAsync();
        _solution.Write("lib/lib.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>
                  {string.Join(";", Frameworks)}
                </TargetFrameworks>
                <EnableWindowsTargeting>true</EnableWindowsTargeting>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <NoWarn>NU5104</NoWarn>
              </PropertyGroup>
              <ItemGroup>{_solution.Package}</ItemGroup>
            </Project>
            """);
        _solution.Write("lib/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("user1/user1.csproj", User);
    }

    public Task DisposeAsync()
    {
        _solution.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Three_target_frameworks_and_ten_projects_that_reference_them_train_once()
    {
        for (int number = 1; number <= Users; number++)
            _solution.Write($"user{number}/user{number}.csproj", User);
        _solution.Write("all.slnx", $"<Solution><Project Path=\"lib/lib.csproj\" />{string.Concat(Enumerable.Range(1, Users).Select(number => $"<Project Path=\"user{number}/user{number}.csproj\" />"))}</Solution>");

        _solution.Write("lib/snapshots/mnist.loss.verified.csv", "accepted");

        (await _solution.RunAsync(["build", "all.slnx", "-m"])).MustSucceed();

        Assert.Single(_solution.Trainings(project: "lib"));
        Assert.Single(File.ReadLines(_solution.PathOf("lib/obj/vae/Debug/mnist.verifications")));
        Assert.All(Frameworks, framework => Assert.True(_solution.Has($"lib/bin/Debug/{framework}/models/mnist/decoder.onnx"), framework));
        Assert.All(Enumerable.Range(1, Users), number => Assert.True(_solution.Has($"user{number}/bin/Debug/net10.0/models/mnist/decoder.onnx"), $"user{number}"));
    }

    [Fact]
    public async Task Every_way_of_building_trains_once_and_no_way_without_building_trains()
    {
        int expected = 0;
        async Task TrainsOnceAsync(params string[] command)
        {
            expected++;
            _solution.Write("lib/mnist.vae.yaml", $"vae: 1\nlatent: {expected}\n");
            DotNetResult result = (await _solution.RunAsync(command)).MustSucceed();
            Assert.True(_solution.Trainings(project: "lib").Count == expected, $"{string.Join(' ', command)} trained {_solution.Trainings(project: "lib").Count - expected + 1} times.\n{result.Output}");
        }

        await TrainsOnceAsync("build", "user1", "-m");
        await TrainsOnceAsync("build", "lib", "-m", "--no-restore");
        await TrainsOnceAsync("build", "user1", "-m", "--no-restore", "-mt");
        await TrainsOnceAsync("build", "user1", "-m", "--no-restore", "-graph");
        await TrainsOnceAsync("build", "user1", "-m", "--no-restore", "-graph", "-isolate");
        await TrainsOnceAsync("build", "lib", "--no-restore", "-f", "net10.0");
        await TrainsOnceAsync("build", "lib", "--no-restore", "-t:TrainVae");
        await TrainsOnceAsync("publish", "user1", "-c", "Debug", "-r", "linux-x64", "-o", _solution.PathOf("out"));
        Assert.True(_solution.Has("out/models/mnist/decoder.onnx"));
        await TrainsOnceAsync("pack", "lib", "-c", "Debug");

        _solution.Write("lib/mnist.vae.yaml", "vae: 1\nlatent: 99\n");
        foreach (string[] command in (string[][])[["publish", "lib", "-f", "net10.0"], ["pack", "lib"]])
            (await _solution.RunAsync([.. command, "-c", "Debug", "--no-build", "-o", _solution.PathOf("out2")])).MustSucceed();
        Assert.Equal(expected, _solution.Trainings(project: "lib").Count);
        Assert.True(_solution.Has("out2/models/mnist/decoder.onnx"));

        (await _solution.RunAsync(["clean", "lib", "-m"])).MustSucceed();
        Assert.False(Directory.Exists(_solution.PathOf("lib/obj/vae/Debug")));
        Assert.All(Frameworks, framework => Assert.False(_solution.Has($"lib/bin/Debug/{framework}/models/mnist/decoder.onnx"), framework));
    }

    private const string User = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup>
        </Project>
        """;
}
