using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Testing.Tests;

public sealed class VaeSnapshotTests : IDisposable
{
    private const string Yaml = """
        vae: 1
        name: tiny
        data: {dataset: mnist, shape: [784]}
        encoder: [{linear: 3}]
        latent: 2
        decoder: [{linear: auto}]
        loss: {reconstruction: mse, kl: 1}
        train: {epochs: 1, optimizer: adam, lr: 1e-3}
        artifacts: {onnx: [], report: none}
        """;

    private static readonly TestEnvironment Desk = new(null, IsBuildServer: false, DiffToolDisabled: false);

    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("vae-testing-");
    private readonly List<string> opened = [];

    // What the process's own environment decides opens nothing on a developer's machine.
    public VaeSnapshotTests() => DiffEngine.DiffRunner.Disabled = true;

    private string Artifacts => Path.Combine(temporary.FullName, "tiny");

    private string Snapshots => Path.Combine(temporary.FullName, "snapshots");

    public void Dispose() => temporary.Delete(recursive: true);

    [Fact]
    public void A_first_run_fails_and_opens_the_diff_tool_for_each_snapshot()
    {
        Train();
        VaeSnapshotException e = Assert.Throws<VaeSnapshotException>(() => Verify(Desk));
        Assert.StartsWith($"Directory: {Snapshots}\nNew:\n", e.Message, StringComparison.Ordinal);
        Assert.Equal(["tiny.architecture.txt", "tiny.arrays.txt", "tiny.loss.csv", "tiny.metrics.json", "tiny.spec.yaml"], opened);
    }

    [Fact]
    public void Accepting_makes_the_next_run_pass_without_a_tool()
    {
        Train();
        Verify(Desk with { Wish = "accept" });
        Verify(Desk);
        Assert.Empty(opened);
    }

    [Fact]
    public void A_changed_metric_fails_with_both_numbers()
    {
        Train();
        Verify(Desk with { Wish = "accept" });
        Train(kl: 4);
        VaeSnapshotException e = Assert.Throws<VaeSnapshotException>(() => Verify(Desk));
        Assert.Contains("test.kl 4, verified 5, −20 % > 2 %", e.Message, StringComparison.Ordinal);
        Assert.Equal(["tiny.metrics.json"], opened);
        Verify(Desk, new SnapshotOptions { Metrics = new Dictionary<string, Tolerance> { ["test.kl"] = new(0, 0.25) } });
    }

    [Fact]
    public void A_build_server_refuses_to_accept_and_opens_nothing()
    {
        Train();
        VaeException e = Assert.Throws<VaeException>(() => Verify(Desk with { Wish = "accept", IsBuildServer = true }));
        Assert.Equal("VAE5004", e.Diagnostics[0].Code.Id);
        Assert.False(Directory.Exists(Snapshots));
        Assert.Throws<VaeSnapshotException>(() => Verify(Desk with { IsBuildServer = true }));
        Assert.Throws<VaeSnapshotException>(() => Verify(Desk with { DiffToolDisabled = true }));
        Assert.Empty(opened);
    }

    [Fact]
    public async Task A_model_of_a_build_is_compared_with_the_snapshots_beside_its_spec()
    {
        Train();
        // As the build writes it: the folder beside the spec, and the name there.
        await File.WriteAllTextAsync(Path.Combine(Artifacts, "snapshots.path"), Snapshots + "\ntiny-quick\n");
        SnapshotVerifier.Accept(Artifacts, Snapshots, ArtifactFolder.ReadSpec(Artifacts), new SnapshotOptions { Name = "tiny-quick" });

        Assert.Equal(5, (await VaeSnapshot.Verify(Artifacts)).Entries.Count);
        Assert.Equal("tiny-quick.loss.csv", Assert.Single((await VaeSnapshot.VerifyCurve(Artifacts)).Entries).Name);
        Assert.Equal("tiny-quick.metrics.json", Assert.Single((await VaeSnapshot.VerifyMetrics(Artifacts)).Entries).Name);
        Assert.Equal(2, (await VaeSnapshot.VerifyArchitecture(Artifacts)).Entries.Count);
        Assert.Empty((await VaeSnapshot.VerifyImages(Artifacts)).Entries);
        Assert.Equal("VAE5103", (await Assert.ThrowsAsync<VaeException>(() => VaeSnapshot.VerifyImage(Artifacts, "manifold"))).Diagnostics[0].Code.Id);
    }

    [Fact]
    public void A_failure_is_thrown_even_where_nobody_awaits_it()
    {
        Train();
        Assert.Throws<VaeSnapshotException>(() => { _ = VaeSnapshot.VerifyMetrics(Artifacts, snapshotFolder: Snapshots); });
    }

    [Fact]
    public void A_path_to_a_folder_of_another_machine_is_passed_over()
    {
        Train();
        Assert.Null(SnapshotPath.Of(Artifacts));
        File.WriteAllText(Path.Combine(Artifacts, "snapshots.path"), Path.Combine(temporary.FullName, "elsewhere", "snapshots") + "\ntiny\n");
        Assert.Null(SnapshotPath.Of(Artifacts));
        File.WriteAllText(Path.Combine(Artifacts, "snapshots.path"), Snapshots + "\ntiny\n");
        Assert.Equal(new SnapshotPath(Snapshots, "tiny"), SnapshotPath.Of(Artifacts));
    }

    [Fact]
    public void A_model_is_found_by_its_name_beside_the_tests()
    {
        string assembly = Path.Combine(temporary.FullName, "bin");
        Assert.Equal(Artifacts, ModelFolder.Find(Artifacts, assembly));
        Assert.Equal(Path.Combine(assembly, "models", "mnist"), ModelFolder.Find("mnist", assembly));
        Directory.CreateDirectory(Path.Combine(assembly, "other", "mnist"));
        Assert.Equal(Path.Combine(assembly, "other", "mnist"), ModelFolder.Find("other/mnist", assembly));
    }

    [Fact]
    public void Snapshots_lie_beside_the_calling_test()
    {
        string source = Path.Combine(temporary.FullName, "src", "Tests", "MyTests.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        File.WriteAllText(source, "");
        string assembly = Path.Combine(temporary.FullName, "src", "Tests", "bin", "Debug");
        Assert.Equal(Path.GetDirectoryName(source), SourceFolder.Of(source, assembly));
        Assert.Equal(Path.GetDirectoryName(source), SourceFolder.Of("/_/src/Tests/MyTests.cs", assembly));
        VaeException e = Assert.Throws<VaeException>(() => SourceFolder.Of("/_/elsewhere/MyTests.cs", assembly));
        Assert.Contains("snapshotFolder", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_models_is_a_diagnostic() =>
        Assert.Equal("VAE5103", Assert.Throws<VaeException>(() => Verify(Desk)).Diagnostics[0].Code.Id);

    private void Verify(TestEnvironment environment, SnapshotOptions? options = null)
    {
        opened.Clear();
        VaeSnapshot.Verify(Artifacts, options, Snapshots, environment, entry => opened.Add(entry.Name));
    }

    private void Train(double kl = 5)
    {
        Spec spec = SpecLoader.Parse(Yaml).Spec!;
        ArtifactWriter.Write(
            new TrainingResult
            {
                Spec = spec,
                Weights = [.. Vae.Artifacts.Formats.StateDict.Of(spec).Select(array => new NamedArray(array.Name, array.Shape, new float[array.Shape.Size]))],
                Curve = new Curve(["epoch", "train.loss"], [[1, 0.5]]),
                Metrics = new Dictionary<string, double> { ["test.kl"] = kl },
                Evaluations = [],
                Data = [],
                TrainerVersion = 1,
                Run = new RunFacts(1, [1], 1, "cpu", new Dictionary<string, string>()),
            },
            Artifacts,
            "0");
    }
}
