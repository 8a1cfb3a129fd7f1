using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae.Artifacts.Onnx;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Tests;

/// <summary>The exported graphs compute what the interpreter computes, for every layer of the catalogue, with weights far from their defaults.</summary>
public sealed class OnnxParityTests
{
    private const double Tolerance = 1e-5;

    /// <summary>One encoder and one decoder for each row; the layer under test stands where its input has the right rank.</summary>
    private static readonly Dictionary<string, string[]> Layers = new(StringComparer.Ordinal)
    {
        ["linear"] = ["linear: {out: 5, bias: false}", "linear: 7"],
        ["concat"] = ["concat: label"],
        ["conv2d"] = ["conv2d: {out: 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2}"],
        ["conv-transpose2d"] = ["conv-transpose2d: {out: 6, kernel: 4, stride: [2, 3], padding: [1, 0], output-padding: [1, 2], groups: 2}"],
        ["batchnorm"] = ["batchnorm", "batchnorm: {eps: 0.01, affine: false}"],
        ["layernorm"] = ["layernorm", "layernorm: {eps: 0.1}"],
        ["groupnorm"] = ["groupnorm: 2", "groupnorm: {groups: 4, affine: false}"],
        ["dropout"] = ["dropout: 0.5"],
        ["flatten"] = ["flatten"],
        ["reshape"] = ["reshape: [2, 96]"],
        ["upsample"] = ["upsample: 3"],
        ["avgpool2d"] = ["avgpool2d: {kernel: [3, 2], stride: 2, padding: 1}"],
        ["maxpool2d"] = ["maxpool2d: {kernel: 3, stride: [1, 2], padding: 1}"],
        ["leaky-relu"] = ["leaky-relu: 0.3"],
        ["elu"] = ["elu: 0.7"],
        ["gelu"] = ["gelu", "gelu: {approximate: tanh}"],
    };

    public static TheoryData<string> Kinds => [.. LayerCatalogue.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_gives_the_same_numbers_in_both_runtimes(string kind)
    {
        foreach (string layer in Layers.GetValueOrDefault(kind, [kind]))
            AssertParity(Load(layer), layer);
    }

    [Theory]
    [InlineData("one-hot", "[7]", "concat: label")]
    [InlineData("one-hot", "[5, 4]", "concat: label")]
    [InlineData("one-hot", "[5, 4]", "concat: {with: label, axis: first}")]
    [InlineData("embedding", "[2, 5, 4]", "concat: label")]
    [InlineData("{embedding: 3}", "[5, 4]", "concat: {with: label, axis: first}")]
    public void A_condition_gives_the_same_numbers_in_both_runtimes(string label, string shape, string layer)
    {
        SpecLoadResult loaded = SpecLoader.Parse($$"""
            vae: 1
            name: parity
            data: {source: npy, path: x.npy, labels: y.npy, classes: 6, shape: {{shape}}}
            condition: {label: {{label}}}
            encoder: [{ {{layer}} }, flatten, linear: 9]
            latent: 3
            decoder: [{linear: {out: {{shape}} } }, { {{layer}} }, flatten, {linear: {out: {{shape}} } }]
            loss: {reconstruction: gaussian, kl: 1}
            train: {epochs: 1}
            """);
        Assert.True(loaded.Spec is not null, string.Join('\n', loaded.Diagnostics));
        AssertParity(loaded.Spec, layer);
    }

    private static void AssertParity(Spec spec, string layer)
    {
        NamedArray[] weights = [.. RandomWeights(spec)];
        using VaeModel model = VaeModel.Load(spec, weights);
        using var encoder = Session(OnnxExporter.Encoder(spec, weights));
        using var decoder = Session(OnnxExporter.Decoder(spec, weights));

        foreach (int batch in new[] { 1, 3 })
        {
            float[] examples = Noise(batch * (int)spec.Data.Shape.Size, seed: batch);
            int[]? labels = spec.Condition is null ? null : [.. Enumerable.Range(0, batch).Select(i => ((2 * i) + 1) % spec.Condition.Classes)];
            (float[] means, float[] logVariances) = model.Encode(examples, labels);
            AssertClose(means, Run(encoder, "x", [batch, .. spec.Data.Shape], examples, "mu", labels), layer);
            AssertClose(logVariances, Run(encoder, "x", [batch, .. spec.Data.Shape], examples, "logvar", labels), layer);

            float[] codes = Noise(batch * spec.Latent.Dim, seed: batch + 10);
            AssertClose(model.Decode(codes, labels), Run(decoder, "z", [batch, spec.Latent.Dim], codes, "x", labels), layer);
        }
    }

    private static Spec Load(string layer)
    {
        // Through [4,6,8] and back to what the decoder has to give: whatever the layer does to the shape, a linear layer mends it.
        SpecLoadResult loaded = SpecLoader.Parse($$"""
            vae: 1
            name: parity
            data: {source: npy, path: x.npy, labels: y.npy, classes: 3, shape: [4, 6, 8]}
            condition: {{(layer.StartsWith("concat", StringComparison.Ordinal) ? "{label: one-hot}" : "null")}}
            encoder:
              - {{layer}}
              - flatten
              - linear: 9
            latent: 3
            decoder:
              - linear: {out: [4, 6, 8]}
              - {{layer}}
              - flatten
              - linear: 192
              - reshape: [4, 6, 8]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 1, batch: 1, optimizer: adam, lr: 1e-3}
            """.Replace("  - linear: {out: 5, bias: false}", "  - flatten\n  - linear: {out: 5, bias: false}", StringComparison.Ordinal)
               .Replace("  - linear: 7", "  - flatten\n  - linear: 7", StringComparison.Ordinal));
        Assert.True(loaded.Spec is not null, string.Join('\n', loaded.Diagnostics));
        return loaded.Spec;
    }

    private static IEnumerable<NamedArray> RandomWeights(Spec spec)
    {
        int seed = 0;
        foreach ((string prefix, Network network) in new[] { ("encoder", spec.Encoder), ("decoder", spec.Decoder) })
        {
            for (int i = 0; i < network.Layers.Count; i++)
            {
                foreach (WeightDefinition weight in network.Layers[i].Weights)
                {
                    float[] values = Noise((int)weight.Shape.Size, ++seed);
                    // A variance is positive, and a count is whole.
                    if (weight.Name == "running_var")
                        values = [.. values.Select(value => Math.Abs(value) + 0.2f)];
                    if (weight.Name == "num_batches_tracked")
                        values = [17];
                    yield return new NamedArray($"{prefix}.{network.Key(i)}.{weight.Name}", weight.Shape, values);
                }
            }
        }

        int features = spec.Encoder.Output[0];
        foreach (string head in new[] { "mu", "logvar" })
        {
            yield return new NamedArray($"latent.{head}.weight", [spec.Latent.Dim, features], Noise(spec.Latent.Dim * features, ++seed));
            yield return new NamedArray($"latent.{head}.bias", [spec.Latent.Dim], Noise(spec.Latent.Dim, ++seed));
        }

        foreach (WeightDefinition weight in spec.Condition?.Weights ?? [])
            yield return new NamedArray($"condition.{weight.Name}", weight.Shape, Noise((int)weight.Shape.Size, ++seed));
    }

    private static float[] Noise(int count, int seed)
    {
#pragma warning disable CA5394 // Test data, not a secret.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 1.2) - 0.6))];
#pragma warning restore CA5394
    }

    private static InferenceSession Session(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model, options);
    }

    private static float[] Run(InferenceSession session, string input, int[] shape, float[] values, string output, int[]? labels)
    {
        List<NamedOnnxValue> inputs = [NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(values, shape))];
        if (labels is not null)
            inputs.Add(NamedOnnxValue.CreateFromTensor("label", new DenseTensor<long>(Array.ConvertAll(labels, label => (long)label), [labels.Length])));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run(inputs, [output]);
        return [.. results[0].AsTensor<float>()];
    }

    private static void AssertClose(float[] expected, float[] actual, string layer)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a) / (1 + Math.Abs(e))).Max();
        Assert.True(worst <= Tolerance, string.Create(CultureInfo.InvariantCulture, $"{layer}: the runtimes differ by {worst:G3}"));
    }
}
