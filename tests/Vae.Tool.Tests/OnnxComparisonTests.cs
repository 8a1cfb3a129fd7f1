using System.Text.Json;
using Vae.Artifacts;
using Vae.Artifacts.Onnx;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Tests;

/// <summary>No model leaves a training that computes something else than the network that was trained.</summary>
public sealed class OnnxComparisonTests : IDisposable
{
    private const string Conditional = """
        vae: 1
        name: compared
        data: {source: idx, path: images-idx3-ubyte, labels: labels-idx1-ubyte, classes: 6, shape: [36], test: 16}
        condition: {label: {embedding: 3}}
        encoder: [concat: label, linear: {out: 9, act: tanh}]
        latent: 2
        decoder: [concat: label, linear: {out: 9, act: tanh}, linear: auto]
        loss: {reconstruction: {bce: {logits: true}}, kl: 1}
        train: {epochs: 1, batch: 16}
        artifacts: {report: none}
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_training_says_how_far_its_models_are_from_the_network()
    {
        string output = _workspace["model"];
        Workspace.Outcome outcome = Workspace.Vae("train", _workspace.Spec(Conditional), "-o", output);

        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Empty(outcome.Error);
        using var run = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "run.json")));
        Assert.InRange(run.RootElement.GetProperty("onnxDifference").GetDouble(), 0, 1e-5);
    }

    [Fact]
    public async Task Without_ONNX_Runtime_the_models_are_written_with_a_warning()
    {
        string output = _workspace["model"];
        (int code, _, string error) = await ToolProcess.Run(
            ["train", _workspace.Spec(Conditional), "-o", output], new() { ["VAE_ONNXRUNTIME"] = _workspace.Folder });

        Assert.True(code == 0, error);
        Assert.Contains($"warning VAE4042: the ONNX models of 'compared' were not compared with the trained network: ", error, StringComparison.Ordinal);
        Assert.Contains(_workspace.Folder, error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "decoder.onnx")));
        Assert.DoesNotContain("onnxDifference", await File.ReadAllTextAsync(Path.Combine(output, "run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_gives_other_numbers_or_none_is_a_fault()
    {
        Spec spec = SpecLoader.Parse(Conditional).Spec!;
        using VaeModel model = VaeModel.Load(spec, Weights(spec, seed: 1));
        float[] x = Noise(4 * 36, 5), z = Noise(4 * 2, 6);
        int[] labels = [0, 3, 5, 1];
        Posterior posterior = model.Encode(x, labels);
        TrainingResult result = new()
        {
            Spec = spec,
            Weights = Weights(spec, seed: 1),
            Curve = new Curve(["epoch"], []),
            Metrics = new Dictionary<string, double>(),
            Data = [],
            TrainerVersion = 1,
            Run = new RunFacts(0, [], 1, "cpu", new Dictionary<string, string>()),
            Evaluations =
            [
                new Evaluation(ArtifactWriter.Probe,
                [
                    new("x", [4, 36], x), new("mu", [4, 2], posterior.Means), new("logvar", [4, 2], posterior.LogVariances),
                    new("z", [4, 2], z), new("decoded", [4, 36], model.Decode(z, labels)), new("labels", [4], Array.ConvertAll(labels, label => (float)label)),
                ]),
            ],
        };
        OnnxComparison comparison = new(result, diagnostic => Assert.Fail(diagnostic.Message), text => Assert.Fail(text), CancellationToken.None);
        byte[] encoder = OnnxExporter.Encoder(spec, result.Weights), decoder = OnnxExporter.Decoder(spec, result.Weights);

        Assert.InRange(comparison.Run(encoder, decoder)!.Value, 0, 1e-5);
        Assert.InRange(comparison.Run(null, decoder)!.Value, 0, 1e-5);
        Assert.Contains("'mu' of encoder.onnx differs from the trained network of 'compared' by ", Fault(OnnxExporter.Encoder(spec, Weights(spec, seed: 2)), decoder), StringComparison.Ordinal);
        Assert.Contains("'x' of decoder.onnx differs", Fault(encoder, OnnxExporter.Decoder(spec, Weights(spec, seed: 2))), StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime cannot run decoder.onnx of 'compared'", Fault(encoder, decoder[..^40]), StringComparison.Ordinal);

        string Fault(byte[] encoder, byte[] decoder)
        {
            VaeException fault = Assert.Throws<VaeException>(() => comparison.Run(encoder, decoder));
            Assert.Equal("VAE4041", fault.Diagnostics[0].Code.Id);
            return fault.Message;
        }
    }

    [Theory]
    [InlineData(new[] { 0.5f, -0.25f }, new[] { 0.5f, -0.25f }, 0)]
    [InlineData(new[] { 0.5f, -0.25f }, new[] { 0.75f, -0.25f }, 0.25)]
    [InlineData(new[] { 0f, -8f }, new[] { 1f, -8f }, 0.125)]
    [InlineData(new[] { 1f, float.NaN }, new[] { 1f, float.NaN }, 0)]
    [InlineData(new[] { 1f, float.PositiveInfinity }, new[] { 1f, float.PositiveInfinity }, 0)]
    [InlineData(new[] { 1f, 2f }, new[] { 1f, float.NaN }, double.PositiveInfinity)]
    [InlineData(new[] { 1f, 2f }, new[] { 1f }, double.PositiveInfinity)]
    public void A_difference_is_relative_to_the_largest_number_above_one(float[] expected, float[] actual, double difference) =>
        Assert.Equal(difference, OnnxComparison.Difference(expected, actual));

    private static NamedArray[] Weights(Spec spec, int seed) =>
        [.. Vae.Artifacts.Formats.StateDict.Of(spec).Select((array, number) => new NamedArray(array.Name, array.Shape, Noise((int)array.Shape.Size, (100 * seed) + number)))];

    private static float[] Noise(int count, int seed)
    {
#pragma warning disable CA5394 // Test data, not a secret.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
#pragma warning restore CA5394
    }
}
