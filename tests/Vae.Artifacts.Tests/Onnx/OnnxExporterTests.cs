using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae.Artifacts.Onnx;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Onnx;

public class OnnxExporterTests
{
    public static TheoryData<int, string> CaseNumbers()
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < LayerCases.All.Length; i++)
            data.Add(i, LayerCases.Title(i));
        return data;
    }

    [Fact]
    public void Every_layer_of_the_catalogue_has_an_onnx_form_and_no_other_has()
    {
        string[] catalogue = [.. LayerCatalogue.All.Select(row => row.Name)];
        Assert.Equal(catalogue, OnnxLayerTable.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal(catalogue, LayerCases.All.Select(c => c.Kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public void A_layer_computes_in_OnnxRuntime_what_its_definition_says(int number, string name)
    {
        Assert.NotEmpty(name);
        (string kind, Shape input, _) = LayerCases.All[number];
        int size = (int)input.Size;
        foreach (Spec spec in LayerCases.Specs(number))
        {
            IReadOnlyList<NamedArray> weights = Specs.Weights(spec);

            byte[] model = OnnxExporter.Decoder(spec, weights);

            foreach (int batch in new[] { 1, 3 })
                AssertSame(model, "z", [size], batch, spec.Decoder.Output, "x", (example, number) => ReferenceForward.Run(spec.Decoder, "decoder", weights, example, ReferenceForward.Label(spec.Condition, weights, LayerCases.Label(number))), kind);
        }
    }

    [Fact]
    public void A_model_with_a_condition_has_the_label_as_a_second_input_where_it_is_joined()
    {
        Spec spec = Specs.Conditional(ConditionKind.Embedding);
        IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
        byte[] encoder = OnnxExporter.Encoder(spec, weights), decoder = OnnxExporter.Decoder(spec, weights);

        foreach (byte[] model in new[] { encoder, decoder })
        {
            using InferenceSession session = Open(model);
            NodeMetadata label = session.InputMetadata["label"];
            Assert.Equal(typeof(long), label.ElementType);
            Assert.Equal(["batch"], label.SymbolicDimensions);
            Assert.Equal(2, session.InputMetadata.Count);
        }

        double[] Features(double[] x, int number) => ReferenceForward.Run(spec.Encoder, "encoder", weights, x, ReferenceForward.Label(spec.Condition, weights, LayerCases.Label(number)));
        AssertSame(encoder, "x", spec.Data.Shape, 3, [2], "mu", (x, number) => ReferenceForward.Head("latent.mu", weights, Features(x, number)));
        AssertSame(encoder, "x", spec.Data.Shape, 1, [2], "logvar", (x, number) => ReferenceForward.Head("latent.logvar", weights, Features(x, number)));

        Spec onlyDecoder = spec with { Encoder = Specs.Tiny().Encoder };
        using InferenceSession plain = Open(OnnxExporter.Encoder(onlyDecoder, Specs.Weights(onlyDecoder)));
        Assert.Equal(["x"], plain.InputMetadata.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_encoder_gives_mu_and_log_variance(bool clamped)
    {
        Spec spec = Specs.Convolutional();
        if (clamped)
            spec = spec with { Latent = spec.Latent with { LogVarianceClamp = new Interval(-0.1, 0.2) } };
        IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
        byte[] model = OnnxExporter.Encoder(spec, weights);
        double[] Features(double[] x) => ReferenceForward.Run(spec.Encoder, "encoder", weights, x);
        double Clamp(double v) => clamped ? Math.Clamp(v, -0.1, 0.2) : v;

        foreach (int batch in new[] { 1, 3 })
        {
            AssertSame(model, "x", spec.Data.Shape, batch, [3], "mu", x => ReferenceForward.Head("latent.mu", weights, Features(x)));
            AssertSame(model, "x", spec.Data.Shape, batch, [3], "logvar", x => [.. ReferenceForward.Head("latent.logvar", weights, Features(x)).Select(Clamp)]);
        }
    }

    [Theory]
    [InlineData("bce", false)]
    [InlineData("bce", true)]
    [InlineData("continuous-bernoulli", true)]
    public void A_decoder_that_ends_in_logits_gets_the_sigmoid_of_its_loss(string loss, bool logits)
    {
        Spec spec = Specs.Convolutional();
        spec = spec with { Loss = spec.Loss with { Reconstruction = new Component(loss, new Arguments([new("logits", logits), new("reduce", "sum")])) } };
        IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
        AssertSame(
            OnnxExporter.Decoder(spec, weights),
            "z",
            [3],
            2,
            spec.Data.Shape,
            "x",
            z => [.. ReferenceForward.Run(spec.Decoder, "decoder", weights, z).Select(v => logits ? 1 / (1 + Math.Exp(-v)) : v)]);
    }

    [Fact]
    public void A_network_without_layers_passes_its_input_through()
    {
        Spec spec = Specs.Of(Specs.Network([4]), 4, Specs.Network([4]));
        AssertSame(OnnxExporter.Decoder(spec, Specs.Weights(spec)), "z", [4], 3, [4], "x", z => z);
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes()
    {
        Spec spec = Specs.Convolutional();
        Assert.Equal(OnnxExporter.Encoder(spec, Specs.Weights(spec)), OnnxExporter.Encoder(spec, Specs.Weights(spec)));
        Assert.NotEqual(OnnxExporter.Encoder(spec, Specs.Weights(spec)), OnnxExporter.Encoder(spec, Specs.Weights(spec, seed: 8)));
    }

    [Fact]
    public void A_model_with_a_condition_says_how_many_labels_there_are()
    {
        Spec spec = Specs.Conditional(ConditionKind.Embedding);
        using InferenceSession session = Open(OnnxExporter.Decoder(spec, Specs.Weights(spec)));
        Assert.Equal("5", session.ModelMetadata.CustomMetadataMap["condition.classes"]);
    }

    [Fact]
    public void The_model_says_what_it_is()
    {
        Spec spec = Specs.Tiny();
        DataUnits units = new() { Factors = [2.5, 1, 0, 1e-3], Offsets = [0.1, -3, 7, 0], IsFitted = true, Columns = ["a", "b", "temp, °C", "d"] };
        using InferenceSession session = Open(OnnxExporter.Encoder(spec, Specs.Weights(spec), units));
        Assert.Equal("[2.5,1,0,0.001]", session.ModelMetadata.CustomMetadataMap["data.factor"]);
        Assert.Equal("[0.1,-3,7,0]", session.ModelMetadata.CustomMetadataMap["data.offset"]);
        Assert.Equal("unit", session.ModelMetadata.CustomMetadataMap["data.scale"]);
        Assert.Equal(["a", "b", "temp, °C", "d"], System.Text.Json.JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["columns"])!);
        Assert.DoesNotContain("labels", session.ModelMetadata.CustomMetadataMap.Keys);
        Assert.DoesNotContain("condition.classes", session.ModelMetadata.CustomMetadataMap.Keys);
        Assert.Equal("tiny", session.ModelMetadata.CustomMetadataMap["spec.name"]);
        Assert.Equal(Vae.Artifacts.Writing.SpecDigest.Of(spec), session.ModelMetadata.CustomMetadataMap["spec.sha256"]);
        Assert.Equal("unit", session.ModelMetadata.CustomMetadataMap["input.scale"]);
        Assert.Equal("[4]", session.ModelMetadata.CustomMetadataMap["data.shape"]);
        Assert.Equal("2", session.ModelMetadata.CustomMetadataMap["latent.size"]);
        Assert.Equal("1", session.ModelMetadata.CustomMetadataMap["vae"]);
        Assert.Equal(["batch", ""], session.InputMetadata["x"].SymbolicDimensions);
        Assert.Equal([-1, 4], session.InputMetadata["x"].Dimensions);
        Assert.Equal(["mu", "logvar"], session.OutputMetadata.Keys);
    }

    [Fact]
    public void Weights_of_another_spec_are_refused_with_the_array_at_fault()
    {
        Spec spec = Specs.Tiny();
        IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
        Refused([.. weights.Skip(1)], "'encoder.0.weight' [3,4] is missing");
        Refused([.. weights.Skip(1), new NamedArray("encoder.0.weight", [4, 3], new float[12])], "is [4,3]");
        Refused([.. weights.Skip(1), new NamedArray("encoder.0.weight", [3, 4], new float[11])], "11 numbers");
        Refused([.. weights, new NamedArray("encoder.7.weight", [1], [1])], "'encoder.7.weight' belongs to no layer");
        Refused([.. weights, weights[0]], "two arrays");

        void Refused(IReadOnlyList<NamedArray> wrong, string why)
        {
            VaeException e = Assert.Throws<VaeException>(() => OnnxExporter.Decoder(spec, wrong));
            Assert.Equal("VAE5102", e.Diagnostics[0].Code.Id);
            Assert.Contains(why, e.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSame(byte[] model, string inputName, Shape input, int batch, Shape output, string outputName, Func<double[], double[]> expected) =>
        AssertSame(model, inputName, input, batch, output, outputName, (example, _) => expected(example));

    private static void AssertSame(byte[] model, string inputName, Shape input, int batch, Shape output, string outputName, Func<double[], int, double[]> expected, string kind = "")
    {
        float[] x = LayerCases.Numbers(new Random(11), kind, [batch, .. input]);
        using InferenceSession session = Open(model);
        List<NamedOnnxValue> inputs = [NamedOnnxValue.CreateFromTensor(inputName, new DenseTensor<float>(x, [batch, .. input]))];
        if (session.InputMetadata.ContainsKey("label"))
            inputs.Add(NamedOnnxValue.CreateFromTensor("label", new DenseTensor<long>(Enumerable.Range(0, batch).Select(number => (long)LayerCases.Label(number)).ToArray(), [batch])));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(inputs, [outputName]);
        Tensor<float> actual = results.Single().AsTensor<float>();
        Assert.Equal([batch, .. output], actual.Dimensions.ToArray());
        double[] reference = [.. x.Chunk((int)input.Size).SelectMany((example, number) => expected([.. example.Select(v => (double)v)], number))];
        float[] values = [.. actual];
        for (int i = 0; i < reference.Length; i++)
            Assert.True(Math.Abs(values[i] - reference[i]) <= 1e-5 + (1e-5 * Math.Abs(reference[i])), $"[{i}]: {values[i]} instead of {reference[i]}");
    }

    private static InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model, options);
    }
}
