using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Testing.XunitV3.Tests;

public sealed class VaeSnapshotTests : IDisposable
{
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("vae-xunit3-");

    private string Model => Path.Combine(temporary.FullName, "tiny");

    private string Snapshots => Path.Combine(temporary.FullName, "snapshots");

    // On a developer's machine a failure that is expected opens nothing.
    public VaeSnapshotTests() => DiffEngine.DiffRunner.Disabled = true;

    public void Dispose() => temporary.Delete(recursive: true);

    [Fact]
    public async Task What_was_accepted_passes_in_one_line_each()
    {
        Train(kl: 5);
        SnapshotVerifier.Accept(Model, Snapshots, ArtifactFolder.ReadSpec(Model));

        await VaeSnapshot.Verify(Model, snapshotFolder: Snapshots);
        await VaeSnapshot.VerifyCurve(Model, snapshotFolder: Snapshots);
        await VaeSnapshot.VerifyMetrics(Model, snapshotFolder: Snapshots);
        await VaeSnapshot.VerifyArchitecture(Model, snapshotFolder: Snapshots);
        await VaeSnapshot.VerifyImages(Model, snapshotFolder: Snapshots);
    }

    [Fact]
    public async Task A_difference_is_a_failed_assertion_that_names_the_worst_number()
    {
        Train(kl: 5);
        SnapshotVerifier.Accept(Model, Snapshots, ArtifactFolder.ReadSpec(Model));
        Train(kl: 4);

        VaeSnapshotException e = await Assert.ThrowsAsync<VaeSnapshotException>(() => VaeSnapshot.VerifyMetrics(Model, new SnapshotOptions { WriteReceived = false }, Snapshots));

        Assert.Contains("test.kl 4, verified 5, −20 % > 2 %", e.Message, StringComparison.Ordinal);
        // xunit.v3 reports an exception with such an interface as a failure, and any other as an error of the test.
        Assert.Contains(e.GetType().GetInterfaces(), type => type.Name == "IAssertionException");
    }

    private void Train(double kl)
    {
        Spec spec = SpecLoader.Parse("""
            vae: 1
            name: tiny
            data: {dataset: mnist, shape: [784]}
            encoder: [{linear: 3}]
            latent: 2
            decoder: [{linear: auto}]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 1, optimizer: adam, lr: 1e-3}
            artifacts: {onnx: [], report: none}
            """).Spec!;
        ArtifactWriter.Write(
            new TrainingResult
            {
                Spec = spec,
                Weights =
                [
                    new NamedArray("encoder.0.weight", [3, 784], new float[3 * 784]), new NamedArray("encoder.0.bias", [3], new float[3]),
                    new NamedArray("latent.mu.weight", [2, 3], new float[6]), new NamedArray("latent.mu.bias", [2], new float[2]),
                    new NamedArray("latent.logvar.weight", [2, 3], new float[6]), new NamedArray("latent.logvar.bias", [2], new float[2]),
                    new NamedArray("decoder.0.weight", [784, 2], new float[784 * 2]), new NamedArray("decoder.0.bias", [784], new float[784]),
                ],
                Curve = new Curve(["epoch", "train.loss"], [[1, 0.5]]),
                Metrics = new Dictionary<string, double> { ["test.kl"] = kl },
                Evaluations = [],
                Data = [],
                TrainerVersion = 1,
                Run = new RunFacts(1, [1], 1, "cpu", new Dictionary<string, string>()),
            },
            Model,
            "0");
    }
}
