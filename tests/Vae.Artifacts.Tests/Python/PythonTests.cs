using Vae.Artifacts.Formats;
using Vae.Artifacts.Onnx;
using Vae.Artifacts.PyTorch;
using Vae.Artifacts.Tests.Onnx;
using Vae.Dsl;
using Vae.Dsl.Results;
using Xunit.Abstractions;

namespace Vae.Artifacts.Tests.Python;

/// <summary>What others make of what is written: every layer of the catalogue before ONNX's own checker, and in PyTorch as <c>model.py</c>.</summary>
public sealed class PythonTests(ITestOutputHelper log) : IDisposable
{
    private const int Batch = 3;

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [PythonFact("python3-onnx", "onnx")]
    public void The_checker_of_ONNX_accepts_the_export_of_every_layer()
    {
        int models = 0;
        foreach ((string title, Spec spec) in All())
        {
            IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
            string folder = temporary.At($"{models:000} {title.Split(' ')[0]}");
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "encoder.onnx"), OnnxExporter.Encoder(spec, weights));
            File.WriteAllBytes(Path.Combine(folder, "decoder.onnx"), OnnxExporter.Decoder(spec, weights));
            models += 2;
        }

        (int code, string output) = Python.RunScript(Python.With("onnx")!, "check_onnx.py", temporary.Path);
        Assert.True(code == 0, output);
        Assert.Contains($"{models} models", output, StringComparison.Ordinal);

        // The script can fail: a file that is cut off.
        Spec tiny = Specs.Tiny();
        byte[] model = OnnxExporter.Decoder(tiny, Specs.Weights(tiny));
        File.WriteAllBytes(temporary.At("wrong.onnx"), model[..^200]);
        (code, output) = Python.RunScript(Python.With("onnx")!, "check_onnx.py", temporary.Path);
        Assert.Equal(1, code);
        Assert.Contains("wrong.onnx: ", output, StringComparison.Ordinal);
    }

    [PythonFact("python3-torch", "torch")]
    public void The_module_loads_the_weights_strictly_and_computes_every_layer_in_PyTorch()
    {
        int number = 0;
        foreach ((string title, Spec spec) in All())
            Write(temporary.At($"{number++:000}"), title, spec, Specs.Weights(spec));

        (int code, string output) = Python.RunScript(Python.With("torch")!, "run_model.py", temporary.Path);
        Assert.True(code == 0, output);
        Assert.Contains($"{number} models", output, StringComparison.Ordinal);
        log.WriteLine(output);

        // The script can fail: other numbers, and an array that the module does not have.
        Spec tiny = Specs.Tiny();
        Write(temporary.At("other numbers"), "other numbers", tiny, Specs.Weights(tiny));
        File.WriteAllBytes(Path.Combine(temporary.At("other numbers"), "model.safetensors"), SafetensorsWriter.ToBytes(Specs.Weights(tiny, seed: 8), new Dictionary<string, string>()));
        Write(temporary.At("other arrays"), "other arrays", tiny, [.. Specs.Weights(tiny), new NamedArray("encoder.9.weight", [1], [1])]);
        (code, output) = Python.RunScript(Python.With("torch")!, "run_model.py", temporary.Path);
        Assert.Equal(1, code);
        Assert.Contains("other numbers: differs", output, StringComparison.Ordinal);
        Assert.Contains("encoder.9.weight", output, StringComparison.Ordinal);
    }

    /// <summary>Every case of a layer as a model, then whole models with what is no layer.</summary>
    private static IEnumerable<(string Title, Spec Spec)> All()
    {
        for (int i = 0; i < LayerCases.All.Length; i++)
        {
            foreach (Spec spec in LayerCases.Specs(i))
                yield return (LayerCases.Title(i), spec);
        }

        yield return ("convolutional", Specs.Convolutional());
        yield return ("one-hot", Specs.Conditional(ConditionKind.OneHot));
        yield return ("embedded", Specs.Conditional(ConditionKind.Embedding));
        Spec tiny = Specs.Tiny();
        yield return ("clamped", tiny with { Latent = tiny.Latent with { LogVarianceClamp = new Interval(-0.1, 0.2) } });
        yield return ("logits", tiny with { Loss = tiny.Loss with { Reconstruction = new Component("bce", new Arguments([new("logits", true), new("reduce", "sum")])) } });
        yield return ("learned-sigma", tiny with { Loss = tiny.Loss with { Reconstruction = new Component("gaussian", new Arguments([new("sigma", "learned"), new("reduce", "sum")])) } });
        Func<Shape, Layer> called = s => Specs.Layer("linear", s, ("out", 3)) with { Name = "forward" };
        yield return ("names-of-methods", Specs.Of(Specs.Network([4], called, s => Specs.Layer("relu", s)), 2, Specs.Network([2], s => Specs.Layer("linear", s, ("out", 4)) with { Name = "type-of-it" })));
        Func<Shape, Layer> join = s => Specs.Layer("concat", s, ("with", "label"), ("size", 3));
        Func<Shape, Layer> residual = s => Specs.Layer("residual", s, ("project", true), ("layers", Specs.Network(s, join, inner => Specs.Layer("linear", inner, ("out", 4))).Layers));
        yield return ("label-inside-residual", Specs.Of(Specs.Network([4], residual), 2, Specs.Network([2], residual)) with { Condition = new ConditionSpec(ConditionKind.OneHot, 3, 3) });
        yield return ("no-layers", Specs.Of(Specs.Network([4]), 4, Specs.Network([4])));
    }

    /// <summary>A folder with a model and what the plain loops of the tests compute with it.</summary>
    private static void Write(string folder, string title, Spec spec, IReadOnlyList<NamedArray> weights)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "model.py"), PyTorchWriter.Write(spec));
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), SafetensorsWriter.ToBytes(weights, new Dictionary<string, string>()));

        string kind = title.Split(' ')[0];
        int size = (int)spec.Data.Shape.Size, dim = spec.Latent.Dim;
        float[] x = LayerCases.Numbers(new Random(5), kind, [Batch, .. spec.Data.Shape]), z = LayerCases.Numbers(new Random(6), kind, [Batch, dim]);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(number => LayerCases.Label(number) % (spec.Condition?.Classes ?? 1))];
        double[][] features = [.. x.Chunk(size).Select((example, i) => ReferenceForward.Run(spec.Encoder, "encoder", weights, Doubles(example), ReferenceForward.Label(spec.Condition, weights, labels[i])))];
        double Clamp(double value) => spec.Latent.LogVarianceClamp is (double min, double max) ? Math.Clamp(value, min, max) : value;
        bool logits = spec.Loss.Reconstruction.Arguments.TryGetValue("logits", out object? given) && given is true;
        IEnumerable<double> decoded = z.Chunk(dim)
            .SelectMany((code, i) => ReferenceForward.Run(spec.Decoder, "decoder", weights, Doubles(code), ReferenceForward.Label(spec.Condition, weights, labels[i])))
            .Select(value => logits ? 1 / (1 + Math.Exp(-value)) : value);
        NamedArray[] expected =
        [
            new("x", [Batch, .. spec.Data.Shape], x),
            new("mu", [Batch, dim], Floats(features.SelectMany(f => ReferenceForward.Head("latent.mu", weights, f)))),
            new("logvar", [Batch, dim], Floats(features.SelectMany(f => ReferenceForward.Head("latent.logvar", weights, f)).Select(Clamp))),
            new("z", [Batch, dim], z),
            new("decoded", [Batch, .. spec.Data.Shape], Floats(decoded)),
            new("label", [Batch], Array.ConvertAll(labels, label => (float)label)),
        ];
        Dictionary<string, string> metadata = new()
        {
            ["title"] = title,
            ["encoder"] = spec.Encoder.ReadsLabel ? "label" : "",
            ["decoder"] = spec.Decoder.ReadsLabel ? "label" : "",
            // A draw from the prior is no whole number.
            ["sample"] = kind == "embedding" ? "" : "yes",
        };
        File.WriteAllBytes(Path.Combine(folder, "expected.safetensors"), SafetensorsWriter.ToBytes(expected, metadata));
    }

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
