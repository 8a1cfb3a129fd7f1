namespace Vae.Integration.Tests;

/// <summary>Specs that other projects derive from, by references to projects and to packages; each way over a project in between.</summary>
public sealed class SpecPackageTests : IAsyncLifetime
{
    private ThrowAwaySolution _solution = null!;

    public async Task InitializeAsync()
    {
        _solution = await ThrowAwaySolution.WithPackagesAsync();
        _solution.UseFeed("feed");
        _solution.Write("shared specs/shared.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <PackageId>Acme.Shared.Specs</PackageId>
                <IsVaeSpecPackage>true</IsVaeSpecPackage>
                <IncludeBuildOutput>false</IncludeBuildOutput>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{_solution.Package.Replace(" />", " PrivateAssets=\"all\" />", StringComparison.Ordinal)}</ItemGroup>
            </Project>
            """);
        _solution.Write("shared specs/base.vae.yaml", "vae: 1\nabstract: true\n");
        _solution.Write("shared specs/deep/other base.vae.yaml", "vae: 1\n");
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
    }

    public Task DisposeAsync()
    {
        _solution.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_package_reaches_projects_that_reference_it_through_another_package_or_project()
    {
        _solution.Write("lib/lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><PackageId>Acme.Shared.Lib</PackageId></PropertyGroup>
              <ItemGroup><PackageReference Include="Acme.Shared.Specs" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project($"""{_solution.Package}<PackageReference Include="Acme.Shared.Lib" Version="1.0.0" />"""));
        _solution.Write("near/near.csproj", ThrowAwaySolution.Project($"""{_solution.Package}<ProjectReference Include="../lib/lib.csproj" />"""));
        _solution.Write("near/mnist.vae.yaml", "vae: 1\n");

        foreach (string project in (string[])["shared specs", "lib"])
            (await _solution.RunAsync(["pack", project, "-o", _solution.PathOf("feed")])).MustSucceed();
        Assert.False(Directory.Exists(_solution.PathOf("shared specs/obj/vae/Release")), "a package of specs trained them");

        foreach (string project in (string[])["app", "near"])
        {
            (await _solution.RunAsync(["build", project])).MustSucceed();
            string folder = PackageOf(Assert.Single(_solution.Trainings(project: project)));
            Assert.EndsWith(Path.Combine("acme.shared.specs", "1.0.0", "vae", "specs"), folder, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "base.vae.yaml")));
            Assert.True(File.Exists(Path.Combine(folder, "deep", "other base.vae.yaml")));
        }
    }

    /// <summary>Two ways lead to the specs: one through a project that trains itself, one through a project that knows nothing of specs.</summary>
    [Fact]
    public async Task A_project_of_specs_reaches_projects_that_reference_it_through_others_in_every_kind_of_build()
    {
        _solution.Write("plain/plain.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../shared specs/shared.csproj" /></ItemGroup>
            </Project>
            """);
        _solution.Write("trains/trains.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks></PropertyGroup>
              <ItemGroup>{_solution.Package}<ProjectReference Include="../shared specs/shared.csproj" ReferenceOutputAssembly="false" /></ItemGroup>
            </Project>
            """);
        _solution.Write("trains/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project($"""{_solution.Package}<ProjectReference Include="../plain/plain.csproj" />"""));
        _solution.Write("deep/deep.csproj", ThrowAwaySolution.Project($"""{_solution.Package}<ProjectReference Include="../trains/trains.csproj" />"""));
        _solution.Write("deep/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("all.slnx", """<Solution><Project Path="app/app.csproj" /><Project Path="deep/deep.csproj" /><Project Path="plain/plain.csproj" /><Project Path="trains/trains.csproj" /><Project Path="shared specs/shared.csproj" /></Solution>""");

        int expected = 0;
        (await _solution.RunAsync(["restore", "all.slnx"])).MustSucceed();
        foreach (string[] options in (string[][])[["-m"], ["-m", "-graph", "-isolate"]])
        {
            expected++;
            foreach (string project in (string[])["app", "trains", "deep"])
                _solution.Write($"{project}/mnist.vae.yaml", $"vae: 1\nlatent: {expected}\n");

            DotNetResult result = (await _solution.RunAsync(["build", "all.slnx", "--no-restore", .. options])).MustSucceed();

            foreach (string project in (string[])["app", "trains", "deep"])
            {
                Assert.True(_solution.Trainings(project: project).Count == expected, $"{project} with {string.Join(' ', options)}\n{result.Output}");
                Assert.Equal(_solution.PathOf("shared specs"), PackageOf(_solution.Trainings(project: project)[^1]));
            }
        }

        Assert.False(Directory.Exists(_solution.PathOf("shared specs/obj/vae")), "a project of specs trained them");
    }

    [Fact]
    public async Task A_class_is_generated_from_a_base_that_a_referenced_project_has()
    {
        _solution.Write("shared specs/rows.vae.yaml", """
            vae: 1
            abstract: true
            data: {source: csv, path: rows.csv, shape: [3]}
            encoder: [{linear: 4}]
            latent: 2
            decoder: [{linear: 3}]
            loss: {reconstruction: mse}
            train: {epochs: 1}

            """);
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nextends: pkg:Acme.Shared.Specs/rows.vae.yaml\nlatent: 5\n");
        _solution.Write("app/Use.cs", "public static class Use { public const int Size = app.Models.Mnist.LatentSize; }\n");
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project($"""{_solution.Package}<ProjectReference Include="../shared specs/shared.csproj" ReferenceOutputAssembly="false" />"""));

        (await _solution.RunAsync(["build", "app", "-p:VaeMode=Off", $"-p:VaeToolPath={Repository.Trainer}"])).MustSucceed();

        Assert.Contains("LatentSize = 5;", await File.ReadAllTextAsync(_solution.PathOf("app/obj/Debug/net10.0/vae/mnist.g.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_packed_is_named()
    {
        _solution.Write("elsewhere.vae.yaml", "vae: 1\n");
        _solution.Write("shared specs/Directory.Build.targets", """<Project><ItemGroup><VaeSpec Include="../elsewhere.vae.yaml" /></ItemGroup></Project>""");
        string[] pack = ["pack", "shared specs", "-o", _solution.PathOf("feed")];
        (await _solution.RunAsync(pack)).MustFail().MustSay($"{_solution.PathOf("elsewhere.vae.yaml")} : error VAE0045: ");

        _solution.Write("shared specs/build/Acme.Shared.Specs.props", "<Project />");
        _solution.Write("shared specs/Directory.Build.targets", """<Project><ItemGroup><None Remove="build/*" /><None Include="build/*" Pack="true" PackagePath="build/" /></ItemGroup></Project>""");
        (await _solution.RunAsync([.. pack, "--no-build"])).MustFail().MustSay($"{_solution.PathOf("shared specs/build/Acme.Shared.Specs.props")} : error VAE0047: ");
        _solution.Write("shared specs/build/Acme.Shared.Specs.props", """<Project><Import Project="../vae/Acme.Shared.Specs.props" /></Project>""");
        (await _solution.RunAsync([.. pack, "--no-build"])).MustSucceed();
    }

    private static string PackageOf(string[] arguments)
    {
        string package = arguments[Array.IndexOf(arguments, "--package") + 1];
        Assert.StartsWith("Acme.Shared.Specs=", package, StringComparison.Ordinal);
        return package["Acme.Shared.Specs=".Length..];
    }
}
