using System.IO.Compression;

namespace Vae.Integration.Tests;

/// <summary>Trained models in a package: whoever has it has the models beside its program, and trains nothing.</summary>
public sealed class PackedModelTests : IAsyncLifetime
{
    private ThrowAwaySolution _solution = null!;

    public async Task InitializeAsync()
    {
        _solution = await ThrowAwaySolution.WithPackagesAsync();
        _solution.UseFeed("feed");
        _solution.Write("digits/digits.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>
                <PackageId>Acme.Packed.Digits</PackageId>
                <PackVaeModels>true</PackVaeModels>
                <NoWarn>NU5104</NoWarn>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{_solution.Package}</ItemGroup>
            </Project>
            """);
        _solution.Write("digits/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("digits/base.vae.yaml", "vae: 1\nfake: abstract\n");
    }

    public Task DisposeAsync()
    {
        _solution.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_package_with_models_brings_them_to_programs_two_hops_away_and_a_newer_one_replaces_them()
    {
        await PackAsync("1.0.0");
        Assert.Single(_solution.Trainings(project: "digits", configuration: "Release"));
        using (ZipArchive package = await ZipFile.OpenReadAsync(_solution.PathOf("feed/Acme.Packed.Digits.1.0.0.nupkg")))
        {
            Assert.Equal(
                ["decoder.onnx", "encoder.onnx", "manifest.json", "metrics.json", "model.safetensors", "spec.resolved.yaml"],
                package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("vae/models/mnist/", StringComparison.Ordinal)).Select(name => name["vae/models/mnist/".Length..]).Order(StringComparer.Ordinal));
        }

        Use("1.0.0");
        _solution.Write("program/program.csproj", ThrowAwaySolution.Project("""<ProjectReference Include="../lib/lib.csproj" />"""));
        (await _solution.RunAsync(["build", "program"])).MustSucceed();
        string first = await DecoderOf("program/bin/Debug/net10.0");
        Assert.Equal(first, await DecoderOf("lib/bin/Debug/netstandard2.0"));

        // The newer model is the older file.
        _solution.Write("digits/mnist.vae.yaml", "vae: 1\nlatent: 3\n");
        await PackAsync("2.0.0");
        Use("2.0.0");
        (await _solution.RunAsync(["restore", "program"])).MustSucceed();
        string packed = Path.Combine((await LocalFeed.GetAsync()).Cache, "acme.packed.digits", "2.0.0", "vae", "models", "mnist", "decoder.onnx");
        File.SetLastWriteTimeUtc(packed, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await _solution.RunAsync(["build", "program"])).MustSucceed();
        string second = await DecoderOf("program/bin/Debug/net10.0");
        Assert.NotEqual(first, second);
        (await _solution.RunAsync(["publish", "program", "-o", _solution.PathOf("out")])).MustSucceed();
        Assert.Equal(second, await DecoderOf("out"));
        Assert.Equal(2, _solution.Trainings(project: "digits", configuration: "Release").Count);
        Assert.False(Directory.Exists(_solution.PathOf("lib/obj/vae")));
    }

    [Fact]
    public async Task A_package_is_not_made_without_its_models()
    {
        (await _solution.RunAsync(["pack", "digits", "-p:VaeMode=Off"])).MustFail().MustSay($"{_solution.PathOf("digits/digits.csproj")} : error VAE0046: ").MustSay("Release: base.vae.yaml, mnist.vae.yaml.");
    }

    private void Use(string version) => _solution.Write("lib/lib.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
          <ItemGroup><PackageReference Include="Acme.Packed.Digits" Version="{version}" /></ItemGroup>
        </Project>
        """);

    private async Task PackAsync(string version) =>
        (await _solution.RunAsync(["pack", "digits", "-m", $"-p:Version={version}", "-o", _solution.PathOf("feed")])).MustSucceed();

    private Task<string> DecoderOf(string folder) => File.ReadAllTextAsync(_solution.PathOf(folder + "/models/mnist/decoder.onnx"));
}
