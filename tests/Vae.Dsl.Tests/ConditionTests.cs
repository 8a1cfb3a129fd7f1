using Vae.Dsl.Building;
using Vae.Dsl.Diagnostics;
using static Vae.Dsl.Building.Layers;

namespace Vae.Dsl.Tests;

public class ConditionTests
{
    private static Spec Load(string data = "{dataset: fashion-mnist, shape: [784]}", string label = "one-hot", string encoder = "concat: label, linear: 64", string decoder = "concat: label, linear: auto, sigmoid", string plots = "")
    {
        SpecLoadResult result = SpecLoader.Parse($$"""
            vae: 1
            name: cvae
            data: {{data}}
            condition: {label: {{label}}}
            encoder: [{{encoder}}]
            latent: 4
            decoder: [{{decoder}}]
            loss: {reconstruction: bce}
            train: {epochs: 1}
            artifacts: {plots: [{{plots}}]}
            """);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(result.Spec, SpecLoader.Parse(result.Spec!.ToYaml()).Spec);
        return result.Spec;
    }

    [Fact]
    public void A_named_set_knows_its_classes_and_the_label_adds_as_many_features()
    {
        Spec spec = Load();

        Assert.Equal(new ConditionSpec(ConditionKind.OneHot, 10, 10), spec.Condition);
        Assert.Equal([794, 64], spec.Encoder.Layers.Select(layer => layer.Output[0]));
        Assert.Equal([14, 784, 784], spec.Decoder.Layers.Select(layer => layer.Output[0]));
        Assert.Empty(spec.Condition!.Weights);
        Assert.Contains("condition:\n  label: one-hot\nencoder:\n  - concat: {with: label, size: 10}\n", spec.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_label_may_be_joined_inside_a_residual()
    {
        Spec spec = Load(encoder: "flatten", decoder: "residual: [residual: [concat: label, linear: auto]], linear: auto, sigmoid");

        Assert.True(spec.Decoder.ReadsLabel);
        Assert.False(spec.Encoder.ReadsLabel);
        Assert.Equal([14, 4], spec.Decoder.AllLayers.Where(layer => layer.Kind is "concat" or "linear").Take(2).Select(layer => layer.Output[0]));
        Assert.Equal(spec, SpecBuilder.From(spec).Build());
        Assert.Equal(7, spec.WithData(spec.Data with { Dataset = null, Source = "npy", Path = "a.npy", Labels = "b.npy", Classes = 3 }).Decoder.AllLayers.First(layer => layer.Kind == "concat").Output[0]);
        Diagnostic fault = Assert.Single(SpecLoader.Parse("vae: 1\ndata: {dataset: mnist, shape: [784]}\nencoder: [residual: [concat: label, linear: auto]]\nlatent: 2\ndecoder: [linear: auto, sigmoid]\nloss: {reconstruction: bce}\ntrain: {epochs: 1}\n").Diagnostics);
        Assert.Equal("VAE2130", fault.Code.Id);
    }

    [Theory]
    [InlineData("embedding", 8)]
    [InlineData("{embedding: 3}", 3)]
    [InlineData("{embedding: {size: 5}}", 5)]
    public void An_embedding_has_a_table_of_its_own_that_is_counted(string label, int size)
    {
        Spec spec = Load(label: label), oneHot = Load();

        Assert.Equal(new ConditionSpec(ConditionKind.Embedding, 10, size), spec.Condition);
        Assert.Equal("weight[10," + size + "]", string.Concat(spec.Condition!.Weights.Select(weight => weight.Name + weight.Shape)));
        long narrower = (10 - size) * (64 + 784L);
        Assert.Equal(oneHot.ParameterCount - narrower + (10 * size), spec.ParameterCount);
        Assert.Matches($@"  condition +embedding +\[{size}\] +{10 * size}\n", spec.Describe());
        Assert.Contains($"label: {{embedding: {{size: {size}}}}}", spec.ToYaml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{source: npy, path: a.npy, labels: b.npy, classes: 3, shape: [784]}", 3)]
    [InlineData("{source: csv, path: a.csv, labels: kind, classes: 2, shape: [784]}", 2)]
    [InlineData("{source: images, path: a, classes: 7, shape: [784]}", 7)]
    [InlineData("{source: idx, path: a, classes: 4, shape: [784]}", 4)]
    public void A_source_is_told_its_classes(string data, int classes) => Assert.Equal(classes, Load(data).Condition!.Classes);

    [Fact]
    public void Images_get_planes_and_series_columns_or_channels()
    {
        Spec images = Load(
            data: "{dataset: mnist}",
            encoder: "concat: label, flatten, linear: 8",
            decoder: "linear: {out: [4, 28, 28]}, concat: label, conv2d: {out: auto, kernel: 3, padding: 1}, sigmoid");
        Assert.Equal(new Shape(11, 28, 28), images.Encoder.Layers[0].Output);
        Assert.Equal(new Shape(14, 28, 28), images.Decoder.Layers[2].Output);

        Spec series = Load(
            data: "{source: npy, path: a.npy, labels: b.npy, classes: 3, shape: [6, 2]}",
            encoder: "concat: {with: label, channels-last: true}, concat: {with: label, channels-last: false}, flatten",
            decoder: "linear: {out: [6, 1]}, concat: {with: label, channels-last: true}, linear: auto, sigmoid");
        Assert.Equal([new Shape(6, 5), new Shape(9, 5), new Shape(45)], series.Encoder.Layers.Select(layer => layer.Output));
    }

    [Fact]
    public void The_label_reaches_layers_inside_others()
    {
        const string Inside = "residual: [concat: label, linear: 32, relu, linear: auto]";
        Spec spec = Load(encoder: $"linear: 64, {Inside}", decoder: "residual: {layers: [concat: label], project: true}, linear: auto, sigmoid");

        Assert.True(spec.Encoder.ReadsLabel && spec.Decoder.ReadsLabel);
        Assert.Equal([64], spec.Encoder.Output);
        Assert.Equal([14], spec.Decoder.Layers[0].Output);
        Assert.Equal([7], spec.WithCondition(Conditions.Embedding(3)).Decoder.Layers[0].Output);
        Diagnostic missing = Assert.Single(SpecLoader.Parse($"vae: 1\nname: a\ndata: {{dataset: mnist, shape: [784]}}\nencoder: [{Inside}]\nlatent: 2\ndecoder: [linear: auto, sigmoid]\nloss: {{reconstruction: bce}}\ntrain: {{epochs: 1}}\n").Diagnostics);
        Assert.Equal("VAE2130 4", $"{missing.Code} {missing.Location!.Line}");
    }

    [Fact]
    public void What_comes_before_the_join_is_known_from_what_comes_after_it()
    {
        Spec spec = Load(decoder: "linear: auto, concat: label, reshape: 784, sigmoid");

        Assert.Equal(774, spec.Decoder.Layers[0].Output[0]);
    }

    [Fact]
    public void A_condition_that_no_layer_joins_is_left_out()
    {
        SpecLoadResult result = SpecLoader.Parse("vae: 1\nname: a\ndata: {dataset: mnist, shape: [784]}\ncondition: {label: embedding}\nencoder: []\nlatent: 2\ndecoder: [linear: auto, sigmoid]\nloss: {reconstruction: bce}\ntrain: {epochs: 1}\n");

        Assert.Equal(DiagnosticTable.Meaning.UnusedCondition, Assert.Single(result.Diagnostics).Code);
        Assert.Null(result.Spec!.Condition);
    }

    [Fact]
    public void Plots_by_label_have_a_label_and_one_count()
    {
        Spec spec = Load(plots: "manifold, samples: {per-label: 10}, samples: 7");

        Assert.Equal(0, spec.Artifacts.Plots[0].Arguments.Int("label"));
        Assert.Equal(["per-label"], spec.Artifacts.Plots[1].Arguments.Keys);
        Assert.Equal(["count"], spec.Artifacts.Plots[2].Arguments.Keys);
        Assert.False(Load(plots: "traversal").Artifacts.Plots[0].Arguments.ContainsKey("label"));
        Assert.Equal(0, Load(plots: "traversal: {from: prior}").Artifacts.Plots[0].Arguments.Int("label"));
        Assert.Equal(4, Load(plots: "traversal: {label: 4}").Artifacts.Plots[0].Arguments.Int("label"));
        Assert.Equal(3, Load(plots: "manifold: {label: 3}").Artifacts.Plots[0].Arguments.Int("label"));
    }

    [Fact]
    public void A_model_without_a_condition_is_written_as_before()
    {
        Spec spec = SpecLoader.Parse(FirstSpecTests.Text).Spec!;

        Assert.DoesNotContain("label:", spec.ToYaml(), StringComparison.Ordinal);
        Assert.DoesNotContain("condition", spec.ToYaml() + spec.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_conditional_model_is_built_by_calls_and_varied()
    {
        Spec built = new SpecBuilder("cvae")
            .Data("fashion-mnist", shape: [784])
            .Condition("one-hot")
            .Encoder(Concat(), Linear(64))
            .Latent(4)
            .Decoder(Concat(), LinearAuto(act: "sigmoid"))
            .Loss("bce")
            .Train(epochs: 1)
            .Build();

        Assert.Equal(Load(), built);
        Assert.Equal(Load(label: "{embedding: 6}"), built.WithCondition(Conditions.Embedding(6)));
        Assert.Equal(12, built.WithData(new DataSpec { Source = "idx", Path = "a", Classes = 12, Shape = [784] }).Condition!.Size);
        Assert.Equal(
            "Conditions.Embedding(size: 0): error VAE1204: 'size' of 'embedding' must be at least 1, got '0'",
            Assert.Throws<VaeException>(() => built.WithCondition(Conditions.Embedding(0))).Diagnostics[0].ToString());
        Assert.StartsWith(
            "Concat(\"label\"): error VAE2130: ",
            Assert.Single(new SpecBuilder("a").Data("mnist", shape: [784]).Encoder().Latent(2).Decoder(Concat(), LinearAuto(act: "sigmoid")).Loss("bce").Train(epochs: 1).Check().Diagnostics).ToString(),
            StringComparison.Ordinal);
    }
}
