namespace Vae.Integration.Tests;

/// <summary>The classes of specs, in projects that have the package; nothing is trained for them.</summary>
public sealed class GeneratedClassTests : IAsyncLifetime
{
    private const string Rows = """
        vae: 1
        description: Three numbers < & >
        data: {source: csv, path: rows.csv, shape: [3]}
        encoder: [{linear: 4}]
        latent: 2
        decoder: [{linear: 3}]
        loss: {reconstruction: mse}
        train: {epochs: 1}

        """;

    private const string Pictures = """
        vae: 1
        data: {dataset: mnist, shape: [1, 28, 28]}
        condition: {label: one-hot}
        encoder: [flatten, {concat: label}, {linear: 4}]
        latent: 8
        decoder: [{concat: label}, {linear: 784}, sigmoid, {reshape: [1, 28, 28]}]
        loss: {reconstruction: bce}
        train: {epochs: 1}

        """;

    private const string Series = """
        vae: 1
        data: {source: csv, path: series.csv, columns: [rpm, "temp, °C"], window: {length: 12}, split: {by: time, train: 80%, test: 20%}, time: t, scale: standard}
        encoder: [flatten, {linear: 4}]
        latent: 3
        decoder: [{linear: 24}, {reshape: [12, 2]}]
        loss: {reconstruction: mse}
        train: {epochs: 1}
        artifacts: {onnx: [decoder]}

        """;

    private const string Use = """
        using System;
        using Lib.Models;

        namespace Lib
        {
            public static class Use
            {
                public static float[] All(Rows rows, Conditional pictures, Acme.Engine engine)
                {
                    float[] code = rows.Encode(new float[Rows.InputSize]);
                    float[] mean = rows.Distribution(new float[Rows.Features]).Mean;
                    float[] row = rows.Decode(0.5f, -1);
                    float[] more = rows.Reconstruct(rows.Sample(2, seed: 1));
                    float[] three = pictures.Sample(new[] { 3, 3, pictures.LabelOf("7") });
                    float[] codes = pictures.Encode(three, 3);
                    float[] again = pictures.Decode(codes.AsSpan(0, Conditional.LatentSize), new[] { 1 });
                    float[] ones = pictures.SampleLabel(label: 1, count: 4);
                    float pixel = ones[Conditional.Index(0, 0, Conditional.Height / 2, Conditional.Width / 2)];
                    float[] window = engine.Sample(1);
                    return new[] { window[Acme.Engine.Index(0, Acme.Engine.Steps - 1, Acme.Engine.Columns.TempC)], pixel, row[0], more[0], again[0], code[0], mean[0], Conditional.Classes };
                }

                public static Rows Load() => Rows.Load(System.IO.Path.Combine(Rows.DefaultFolder, "..", "other"));
            }
        }
        """;

    private ThrowAwaySolution _solution = null!;

    public async Task InitializeAsync()
    {
        _solution = await ThrowAwaySolution.WithPackagesAsync(Repository.Trainer);
        _solution.Write("Lib/rows.vae.yaml", Rows);
    }

    public Task DisposeAsync()
    {
        _solution.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>netstandard2.0 has C# 7.3 and no annotations, net10.0 has both.</summary>
    [Fact]
    public async Task Classes_compile_without_a_training_in_old_and_new_CSharp_and_follow_their_specs()
    {
        Project("<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks><Nullable Condition=\"'$(TargetFramework)' == 'net10.0'\">enable</Nullable>", _solution.Package);
        _solution.Write("Lib/conditional.vae.yaml", Pictures);
        _solution.Write("Lib/turbine/series.vae.yaml", Series);
        _solution.Write("Lib/base.vae.yaml", "vae: 1\nabstract: true\nlatent: 2\n");
        _solution.Write("Lib/Use.cs", Use);
        string[] build = ["build", "Lib", "-p:VaeMode=Off", "--no-restore"];

        (await _solution.RunAsync(["build", "Lib", "-p:VaeMode=Off"])).MustSucceed();
        Assert.Equal(["conditional.g.cs", "rows.g.cs", "series.g.cs"], Classes("net10.0"));
        Assert.Equal(["conditional.g.cs", "rows.g.cs", "series.g.cs"], Classes("netstandard2.0"));
        Assert.False(_solution.Has("Lib/bin/Debug/net10.0/models/rows/decoder.onnx"));

        // Nothing is generated, and after a comment nothing is compiled.
        DateTime state = TimeOf("obj/Debug/net10.0/vae/classes.state"), assembly = TimeOf("obj/Debug/net10.0/Lib.dll");
        (await _solution.RunAsync([.. build, "-question"])).MustSucceed();
        _solution.Write("Lib/rows.vae.yaml", Rows + "# a comment\n");
        (await _solution.RunAsync(build)).MustSucceed();
        Assert.NotEqual(state, TimeOf("obj/Debug/net10.0/vae/classes.state"));
        Assert.Equal(assembly, TimeOf("obj/Debug/net10.0/Lib.dll"));
        Assert.Equal(3, Classes("net10.0").Count());

        // Another shape, and callers do not compile.
        _solution.Write("Lib/rows.vae.yaml", Rows.Replace("latent: 2", "latent: 3", StringComparison.Ordinal));
        (await _solution.RunAsync([.. build, "-f", "net10.0"])).MustFail().MustSay("Use.cs(12,").MustSay("error CS7036");
        _solution.Write("Lib/rows.vae.yaml", Rows);
        _solution.Write("Lib/conditional.vae.yaml", Pictures.Replace("{concat: label}, ", "", StringComparison.Ordinal).Replace("condition: {label: one-hot}\n", "", StringComparison.Ordinal));
        (await _solution.RunAsync([.. build, "-f", "net10.0"])).MustFail().MustSay("Use.cs(14,").MustSay("Use.cs(15,").MustSay("Use.cs(17,");

        // A spec that is gone takes its class with it.
        File.Delete(_solution.PathOf("Lib/conditional.vae.yaml"));
        File.Delete(_solution.PathOf("Lib/Use.cs"));
        (await _solution.RunAsync([.. build, "-f", "net10.0"])).MustSucceed();
        Assert.Equal(["rows.g.cs", "series.g.cs"], Classes("net10.0"));
        (await _solution.RunAsync(["clean", "Lib", "-f", "net10.0"])).MustSucceed();
        Assert.Empty(Classes("net10.0"));
    }

    [Fact]
    public async Task An_editor_has_the_class_before_any_training_and_keeps_it_through_a_mistake()
    {
        Project("<TargetFramework>net10.0</TargetFramework>", _solution.Package);
        string[] design = ["msbuild", "Lib", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:Compile"];
        (await _solution.RunAsync(["restore", "Lib"])).MustSucceed();

        (await _solution.RunAsync(design)).MustSucceed().MustSay("rows.g.cs");
        Assert.False(Directory.Exists(_solution.PathOf("Lib/obj/vae")));

        _solution.Write("Lib/rows.vae.yaml", Rows.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));
        (await _solution.RunAsync(design)).MustSucceed().MustSay("rows.g.cs").MustSay("warning VAE1201");
        (await _solution.RunAsync(["build", "Lib", "-p:VaeMode=Off", "--no-restore"])).MustFail().MustSay("rows.vae.yaml(5,1").MustSay("error VAE1201");
    }

    [Fact]
    public async Task A_project_without_what_a_class_rests_on_is_told_and_can_do_without()
    {
        Project("<TargetFramework>net10.0</TargetFramework>", _solution.Package.Replace(" />", " IncludeAssets=\"build;native\" />", StringComparison.Ordinal));

        (await _solution.RunAsync(["build", "Lib", "-p:VaeMode=Off"])).MustFail().MustSay("Lib.csproj : error VAE0038: ");
        (await _solution.RunAsync(["build", "Lib", "-p:VaeMode=Off", "--no-restore", "-p:VaeGenerateClasses=false"])).MustSucceed();
    }

    private void Project(string properties, string items) => _solution.Write("Lib/Lib.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>{properties}<TreatWarningsAsErrors>true</TreatWarningsAsErrors><GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>CS1591</NoWarn></PropertyGroup>
          <ItemGroup>
            {items}
            <VaeSpec Update="turbine/series.vae.yaml" ClassName="Engine" Namespace="Acme" />
          </ItemGroup>
        </Project>
        """);

    private IEnumerable<string> Classes(string framework)
    {
        string folder = _solution.PathOf($"Lib/obj/Debug/{framework}/vae");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.g.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];
    }

    private DateTime TimeOf(string path) => File.GetLastWriteTimeUtc(_solution.PathOf("Lib/" + path));
}
