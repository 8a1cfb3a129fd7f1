using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae.Artifacts.Onnx;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;
using Vae.Torch;
using Xunit.Abstractions;

namespace Vae.Tool.Tests;

/// <summary>The exported graphs compute what the interpreter computes, for every layer of the catalogue, with weights far from their defaults.</summary>
public sealed class OnnxParityTests(ITestOutputHelper log)
{
    private const double Tolerance = 1e-5;

    /// <summary>For each row what goes in and how it is written; a row that is absent works on images without arguments.</summary>
    private static readonly Dictionary<string, (string Input, string Layer)[]> Layers = new(StringComparer.Ordinal)
    {
        ["linear"] = [("[192]", "linear: {out: 5, bias: false}"), ("[192]", "linear: 7"), ("[8, 3]", "linear: 7")],
        ["concat"] =
        [
            (Image, "concat: label"),
            ("[5]", "concat: label"),
            ("[6, 4]", "concat: {with: label, channels-last: true}"),
            ("[6, 4]", "concat: {with: label, channels-last: false}"),
            ("[5]", "residual: [concat: label, tanh, linear: auto]"),
            (Image, "residual: {layers: [{residual: {layers: [{concat: label}], project: true}}, {conv2d: {out: 3, kernel: 1}}], project: true}"),
        ],
        ["conv1d"] =
        [
            ("[4, 9]", "conv1d: {out: 6, kernel: 3, stride: 2, padding: 1, dilation: 2, groups: 2}"),
            ("[9, 4]", "conv1d: {out: 3, kernel: 2, bias: false, channels-last: true}"),
        ],
        ["conv-transpose1d"] =
        [
            ("[4, 9]", "conv-transpose1d: {out: 6, kernel: 4, stride: 3, padding: 1, output-padding: 2, groups: 2}"),
            ("[9, 4]", "conv-transpose1d: {out: 3, kernel: 2, stride: 2, bias: false, channels-last: true}"),
        ],
        ["gru"] = Recurrent("gru"),
        ["lstm"] = Recurrent("lstm"),
        ["repeat"] = [("[5]", "repeat: 4")],
        ["embedding"] = [("[5]", "embedding: {num: 4, dim: 3}")],
        ["residual"] =
        [
            ("[6]", "residual: [linear: 4, tanh, linear: auto]"),
            ("[6]", "residual: {layers: [{linear: {out: 4, name: inner, act: relu}}], project: true, act: silu}"),
            ("[7, 3]", "residual: {layers: [{gru: {hidden: 2, bidirectional: true}}, dropout: 0.3], project: true}"),
            ("[3, 9]", "residual: {layers: [{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1}}, batchnorm], project: true}"),
            ("[9, 3]", "residual: {layers: [{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1, channels-last: true}}], project: true}"),
            (Image, "residual: {layers: [{conv2d: {out: 6, kernel: 3, stride: [2, 3], padding: 1}}, {residual: [batchnorm, relu, {conv2d: {out: auto, kernel: 1}}]}], project: true}"),
        ],
        ["conv2d"] = [(Image, "conv2d: {out: 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2}")],
        ["conv-transpose2d"] = [(Image, "conv-transpose2d: {out: 6, kernel: 4, stride: [2, 3], padding: [1, 0], output-padding: [1, 2], groups: 2}")],
        ["batchnorm"] =
        [
            (Image, "batchnorm"), (Image, "batchnorm: {eps: 0.01, affine: false}"), ("[4, 6]", "batchnorm"), ("[6, 4]", "batchnorm: {channels-last: true}"), ("[5]", "batchnorm"),
        ],
        ["layernorm"] = [(Image, "layernorm"), (Image, "layernorm: {eps: 0.1}"), ("[6, 4]", "layernorm: {affine: false}")],
        ["groupnorm"] =
        [
            (Image, "groupnorm: 2"), (Image, "groupnorm: {groups: 4, affine: false}"), ("[4, 6]", "groupnorm: 2"), ("[6, 4]", "groupnorm: {groups: 2, channels-last: true}"),
        ],
        ["dropout"] = [(Image, "dropout: 0.5")],
        ["reshape"] = [(Image, "reshape: [2, 96]")],
        ["upsample"] = [(Image, "upsample: 3")],
        ["avgpool2d"] = [(Image, "avgpool2d: {kernel: [3, 2], stride: 2, padding: 1}")],
        ["maxpool2d"] = [(Image, "maxpool2d: {kernel: 3, stride: [1, 2], padding: 1}")],
        ["leaky-relu"] = [(Image, "leaky-relu: 0.3")],
        ["elu"] = [(Image, "elu: 0.7")],
        ["gelu"] = [(Image, "gelu"), (Image, "gelu: {approximate: tanh}")],
        ["softmax"] = [(Image, "softmax"), ("[6, 4]", "softmax"), ("[6]", "softmax")],
    };

    private const string Image = "[4, 6, 8]";

    private static (string Input, string Layer)[] Recurrent(string kind) =>
    [
        .. from layers in new[] { 1, 2 }
           from bidirectional in new[] { "false", "true" }
           from bias in new[] { "false", "true" }
           from returned in new[] { "last", "sequence" }
           select ("[7, 3]", $"{kind}: {{hidden: 5, layers: {layers}, bidirectional: {bidirectional}, bias: {bias}, dropout: 0.3, return: {returned}}}"),
    ];

    public static TheoryData<string> Kinds => [.. LayerCatalogue.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_gives_the_same_numbers_in_both_runtimes(string kind)
    {
        double worst = 0;
        foreach ((string input, string layer) in Layers.GetValueOrDefault(kind, [(Image, kind)]))
        {
            foreach (string label in kind == "concat" ? ["{label: one-hot}", "{label: {embedding: 5}}"] : (string[])["null"])
                worst = Math.Max(worst, AssertParity(Load(input, layer, layer.StartsWith("embedding", StringComparison.Ordinal) ? "relu" : layer, label), layer));
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parity of {kind}: {worst:G2}"));
    }

    private static double AssertParity(Spec spec, string layer)
    {
        NamedArray[] weights = [.. RandomWeights(spec)];
        using VaeModel model = VaeModel.Load(spec, weights);
        using var encoder = Session(OnnxExporter.Encoder(spec, weights));
        using var decoder = Session(OnnxExporter.Decoder(spec, weights));

        double worst = 0;
        foreach (int batch in new[] { 1, 3 })
        {
            float[] examples = Noise(batch * (int)spec.Data.Shape.Size, seed: batch);
            // Whole numbers are what an embedding reads.
            if (layer.StartsWith("embedding", StringComparison.Ordinal))
                examples = [.. examples.Select(value => MathF.Floor((value + 0.6f) * 3))];
            int[]? labels = spec.Condition is null ? null : [.. Enumerable.Range(0, batch).Select(i => ((2 * i) + 1) % spec.Condition.Classes)];
            (float[] means, float[] logVariances) = model.Encode(examples, labels);
            Compare(means, Run(encoder, "x", [batch, .. spec.Data.Shape], examples, "mu", labels), layer);
            Compare(logVariances, Run(encoder, "x", [batch, .. spec.Data.Shape], examples, "logvar", labels), layer);

            float[] codes = Noise(batch * spec.Latent.Dim, seed: batch + 10);
            Compare(model.Decode(codes, labels), Run(decoder, "z", [batch, spec.Latent.Dim], codes, "x", labels), layer);
        }

        return worst;

        void Compare(float[] expected, float[] actual, string layer) => worst = Math.Max(worst, AssertClose(expected, actual, layer));
    }

    private static Spec Load(string input, string layer, string decoded, string label)
    {
        // Whatever the layer does to the shape, a linear layer mends it.
        SpecLoadResult loaded = SpecLoader.Parse($$"""
            vae: 1
            name: parity
            data: {source: npy, path: x.npy, labels: y.npy, classes: 6, shape: {{input}}, scale: none}
            condition: {{label}}
            encoder:
              - {{layer}}
              - flatten
              - linear: 9
            latent: 3
            decoder:
              - linear: {out: {{input}}}
              - {{decoded}}
              - flatten
              - linear: auto
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 1, batch: 1, optimizer: adam, lr: 1e-3}
            """);
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
                    if (weight.Name.EndsWith("running_var", StringComparison.Ordinal))
                        values = [.. values.Select(value => Math.Abs(value) + 0.2f)];
                    if (weight.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
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

    private static double AssertClose(float[] expected, float[] actual, string layer)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a) / (1 + Math.Abs(e))).Max();
        Assert.True(worst <= Tolerance, string.Create(CultureInfo.InvariantCulture, $"{layer}: the runtimes differ by {worst:G3}"));
        return worst;
    }
}
