using Vae.Dsl.Building;
using Vae.Dsl.Catalogue;
using static Vae.Dsl.Building.Layers;

namespace Vae.Dsl.Tests;

public class CatalogueTests
{
    private static Layer One(ValueList<Layer> layers, Shape input)
    {
        // Through the loader, so that defaults are filled in.
        SpecLoadResult result = new SpecBuilder("one").DataFrom("npy", "a.npy", shape: input, scale: "none").Encoder([.. layers, .. Flatten()]).Latent(1)
            .Decoder(LinearAuto()).Loss("gaussian").Train(epochs: 1).Check();
        Assert.Empty(result.Diagnostics);
        return result.Spec!.Encoder.Layers[0];
    }

    public static TheoryData<string, int[], int[], string> Shapes => new()
    {
        { "linear: 3", [5], [3], "weight[3,5] bias[3]" },
        { "concat: label", [5], [8], "" },
        { "concat: {with: label, channels-last: true}", [7, 5], [7, 8], "" },
        { "concat: {with: label, channels-last: false}", [7, 5], [10, 5], "" },
        { "concat: label", [2, 6, 6], [5, 6, 6], "" },
        { "linear: {out: 3, bias: false}", [7, 5], [7, 3], "weight[3,5]" },
        { "conv2d: {out: 8, kernel: 3}", [3, 28, 28], [8, 26, 26], "weight[8,3,3,3] bias[8]" },
        { "conv2d: {out: 8, kernel: 3, stride: 2, padding: 1}", [1, 28, 28], [8, 14, 14], "weight[8,1,3,3] bias[8]" },
        { "conv2d: {out: 8, kernel: [3, 5], stride: [1, 2], padding: [0, 1], dilation: 2, groups: 2, bias: false}", [4, 28, 28], [8, 24, 11], "weight[8,2,3,5]" },
        { "conv-transpose2d: {out: 8, kernel: 4, stride: 2, padding: 1}", [4, 7, 7], [8, 14, 14], "weight[4,8,4,4] bias[8]" },
        { "conv-transpose2d: {out: 8, kernel: 3, stride: 2, padding: 1, output-padding: 1, groups: 2, dilation: 2}", [4, 7, 7], [8, 16, 16], "weight[4,4,3,3] bias[8]" },
        { "conv1d: {out: 8, kernel: 3, stride: 2, padding: 1}", [4, 28], [8, 14], "weight[8,4,3] bias[8]" },
        { "conv1d: {out: 8, kernel: 3, dilation: 2, groups: 2, bias: false, channels-last: true}", [28, 4], [24, 8], "weight[8,2,3]" },
        { "conv-transpose1d: {out: 8, kernel: 4, stride: 2, padding: 1}", [4, 7], [8, 14], "weight[4,8,4] bias[8]" },
        { "conv-transpose1d: {out: 8, kernel: 3, stride: 2, padding: 1, output-padding: 1, groups: 2, dilation: 2, channels-last: true}", [7, 4], [16, 8], "weight[4,4,3] bias[8]" },
        { "gru: 5", [9, 3], [9, 5], "weight_ih_l0[15,3] weight_hh_l0[15,5] bias_ih_l0[15] bias_hh_l0[15]" },
        { "gru: {hidden: 5, layers: 2, bidirectional: true, bias: false, return: last}", [9, 3], [10], "weight_ih_l0[15,3] weight_hh_l0[15,5] weight_ih_l0_reverse[15,3] weight_hh_l0_reverse[15,5] weight_ih_l1[15,10] weight_hh_l1[15,5] weight_ih_l1_reverse[15,10] weight_hh_l1_reverse[15,5]" },
        { "lstm: {hidden: 5, return: last}", [9, 3], [5], "weight_ih_l0[20,3] weight_hh_l0[20,5] bias_ih_l0[20] bias_hh_l0[20]" },
        { "lstm: {hidden: 5, bidirectional: true, bias: false}", [9, 3], [9, 10], "weight_ih_l0[20,3] weight_hh_l0[20,5] weight_ih_l0_reverse[20,3] weight_hh_l0_reverse[20,5]" },
        { "repeat: 7", [3], [7, 3], "" },
        { "embedding: {num: 7, dim: 4}", [3], [3, 4], "weight[7,4]" },
        { "residual: [linear: 4, relu, linear: auto]", [6], [6], "layers.0.weight[4,6] layers.0.bias[4] layers.2.weight[6,4] layers.2.bias[6]" },
        { "residual: {layers: [{linear: {out: 4, name: inner}}], project: true}", [6], [4], "layers.inner.weight[4,6] layers.inner.bias[4] project.weight[4,6]" },
        { "residual: {layers: [gru: 4], project: true}", [9, 3], [9, 4], "layers.0.weight_ih_l0[12,3] layers.0.weight_hh_l0[12,4] layers.0.bias_ih_l0[12] layers.0.bias_hh_l0[12] project.weight[4,3]" },
        { "residual: {layers: [{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1, bias: false}}, relu], project: true}", [3, 9], [4, 5], "layers.0.weight[4,3,3] project.weight[4,3,1]" },
        { "residual: {layers: [{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1, bias: false, channels-last: true}}], project: true}", [9, 3], [5, 4], "layers.0.weight[4,3,3] project.weight[4,3,1]" },
        { "residual: {layers: [{conv2d: {out: 4, kernel: 3, stride: [3, 2], padding: 1, bias: false}}, {residual: [batchnorm: {affine: false}]}], project: true}", [3, 9, 8], [4, 3, 4], "layers.0.weight[4,3,3,3] layers.1.layers.0.running_mean[4] layers.1.layers.0.running_var[4] layers.1.layers.0.num_batches_tracked[] project.weight[4,3,1,1]" },
        { "batchnorm", [6, 9], [6, 9], "weight[6] bias[6] running_mean[6] running_var[6] num_batches_tracked[]" },
        { "batchnorm: {channels-last: true}", [9, 6], [9, 6], "weight[6] bias[6] running_mean[6] running_var[6] num_batches_tracked[]" },
        { "groupnorm: {groups: 2, channels-last: true}", [9, 6], [9, 6], "weight[6] bias[6]" },
        { "batchnorm", [6], [6], "weight[6] bias[6] running_mean[6] running_var[6] num_batches_tracked[]" },
        { "batchnorm: {affine: false}", [6, 2, 2], [6, 2, 2], "running_mean[6] running_var[6] num_batches_tracked[]" },
        { "layernorm", [6, 2, 3], [6, 2, 3], "weight[6,2,3] bias[6,2,3]" },
        { "groupnorm: 3", [6, 2, 2], [6, 2, 2], "weight[6] bias[6]" },
        { "groupnorm: {groups: 2, affine: false}", [6], [6], "" },
        { "dropout", [6], [6], "" },
        { "flatten", [6, 2, 3], [36], "" },
        { "reshape: [2, 3]", [6], [2, 3], "" },
        { "upsample: 2", [3, 4, 5], [3, 8, 10], "" },
        { "avgpool2d: 2", [3, 5, 4], [3, 2, 2], "" },
        { "maxpool2d: {kernel: 3, stride: 2, padding: 1}", [3, 7, 8], [3, 4, 4], "" },
        { "relu", [6], [6], "" },
        { "leaky-relu: 0.2", [6], [6], "" },
        { "elu", [6], [6], "" },
        { "selu", [6], [6], "" },
        { "gelu: {approximate: tanh}", [6], [6], "" },
        { "silu", [6], [6], "" },
        { "tanh", [6], [6], "" },
        { "sigmoid", [6], [6], "" },
        { "softplus", [6], [6], "" },
        { "softmax", [6, 2, 2], [6, 2, 2], "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shapes_and_arrays_are_those_of_PyTorch(string layer, int[] input, int[] output, string weights)
    {
        string text = $$"""
            vae: 1
            data: {source: npy, path: a.npy, labels: b.npy, classes: 3, shape: {{new Shape(input)}}, scale: none}
            condition: {{(layer.StartsWith("concat", StringComparison.Ordinal) ? "{label: one-hot}" : "null")}}
            encoder: [{{layer}}, flatten]
            latent: 1
            decoder: [linear: auto]
            loss: {reconstruction: gaussian}
            train: {epochs: 1}
            """.Replace($"[{layer}, flatten]", $"[{{ {layer} }}, flatten]", StringComparison.Ordinal);
        if (!layer.Contains(':', StringComparison.Ordinal))
            text = text.Replace($"{{ {layer} }}", layer, StringComparison.Ordinal);

        SpecLoadResult result = SpecLoader.Parse(text);

        Assert.Empty(result.Diagnostics);
        Layer first = result.Spec!.Encoder.Layers[0];
        Assert.Equal(new Shape(output), first.Output);
        Assert.Equal(weights, string.Join(' ', first.Weights.Select(weight => weight.Name + weight.Shape)));
    }

    [Fact]
    public void Every_layer_is_among_them() =>
        Assert.Equal(LayerCatalogue.All.Select(row => row.Name), Shapes.Select(row => ((string)row[0]).Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Initial_bounds_are_those_of_PyTorch()
    {
        Assert.All(One(Linear(3), [100]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.1), weight.Initializer));
        Assert.All(One(Conv2d(8, kernel: 5), [4, 28, 28]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.1), weight.Initializer));
        Assert.All(One(Embedding(9, 4), [5]).Weights, weight => Assert.Equal(new Initializer.Normal(1), weight.Initializer));
        Assert.All(One(Gru(25, layers: 2, bidirectional: true), [9, 100]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.2), weight.Initializer));
        Assert.All(One(Conv1d(8, kernel: 25), [4, 28]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.1), weight.Initializer));
        Assert.All(One(ConvTranspose1d(8, kernel: 25, groups: 2), [6, 28]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.1), weight.Initializer));
        // weight.size(1) · kH · kW: the outputs of a group, not the inputs.
        Assert.All(One(ConvTranspose2d(8, kernel: 5, groups: 2), [6, 7, 7]).Weights, weight => Assert.Equal(new Initializer.Uniform(0.1), weight.Initializer));
    }

    [Fact]
    public void An_initialization_takes_PyTorchs_fans_and_leaves_alone_what_is_no_weight()
    {
        ValueList<WeightDefinition> kernel = [.. One(ConvTranspose2d(8, kernel: 5, groups: 2), [6, 7, 7]).Weights];
        static Component Init(string kind) => SpecLoader.Parse(FirstSpecTests.Text, "a.vae.yaml", new SpecLoadOptions { Sets = [$"train.init={kind}"] }).Spec!.Train.Init;

        // weight[6,4,5,5]: PyTorch counts 4 · 25 in and 6 · 25 out.
        Assert.Equal(new Initializer.Uniform(Math.Sqrt(6.0 / 250)), InitializationCatalogue.Of(Init("xavier-uniform"), kernel[0]));
        Assert.Equal(new Initializer.Normal(2 * Math.Sqrt(2.0 / 250)), InitializationCatalogue.Of(Init("{xavier-normal: {gain: 2}}"), kernel[0]));
        Assert.Equal(new Initializer.Normal(Math.Sqrt(2) / 10), InitializationCatalogue.Of(Init("kaiming-normal"), kernel[0]));
        Assert.Equal(new Initializer.Normal(0.3), InitializationCatalogue.Of(Init("{normal: 0.3}"), kernel[0]));
        Assert.Equal(new Initializer.Constant(0), InitializationCatalogue.Of(Init("normal"), kernel[1]));
        Assert.Equal(kernel[1].Initializer, InitializationCatalogue.Of(Init("{normal: {bias: pytorch}}"), kernel[1]));
        Assert.All(kernel, weight => Assert.Equal(weight.Initializer, InitializationCatalogue.Of("pytorch", weight)));
        Assert.All(One(Embedding(9, 4), [5]).Weights, weight => Assert.Equal(weight.Initializer, InitializationCatalogue.Of(Init("normal"), weight)));
    }

    [Theory]
    [InlineData("gru", "return: sequence", "[50,3]")]
    [InlineData("lstm", "bidirectional: true", "[50,3]")]
    public void The_recurrent_spec_infers_its_steps_and_features(string kind, string arguments, string end)
    {
        SpecLoadResult result = SpecLoader.Parse($$"""
            vae: 1
            name: recurrent
            data: {source: npy, path: a.npy, shape: [50, 3], scale: standard}
            encoder:
              - {{kind}}: {hidden: 64, return: last}
            latent: 8
            decoder:
              - repeat: auto
              - {{kind}}: {hidden: 64, {{arguments}}}
              - linear: auto
            loss: {reconstruction: mse}
            train: {epochs: 30}
            """);

        Assert.Empty(result.Diagnostics);
        Assert.Equal([64], result.Spec!.Encoder.Output);
        Assert.Equal([50, 8], result.Spec.Decoder.Layers[0].Output);
        Assert.Equal(end, result.Spec.Decoder.Output.ToString());
        Assert.Equal(result.Spec, SpecLoader.Parse(result.Spec.ToYaml()).Spec);
    }

    [Theory]
    [InlineData("[{linear: 90}, {reshape: [9, 10]}, {gru: {hidden: auto, bidirectional: true}}]", "[12,6]", "VAE2104")]
    [InlineData("[{repeat: auto}, {gru: {hidden: auto, bidirectional: true}}]", "[12,6]", null)]
    [InlineData("[{repeat: auto}, {lstm: {hidden: auto, bidirectional: true}}]", "[12,5]", "VAE2103")]
    [InlineData("[{linear: [4, 6]}, {conv-transpose1d: {out: auto, kernel: 2, stride: 2}}]", "[5,12]", null)]
    [InlineData("[{linear: [6, 4]}, {conv-transpose1d: {out: auto, kernel: 2, stride: 2, channels-last: true}}]", "[12,5]", null)]
    [InlineData("[{linear: auto}, {batchnorm: {channels-last: true}}, {dropout: 0.1}]", "[12,5]", null)]
    [InlineData("[{linear: auto}, {repeat: auto}]", "[12,5]", null)]
    [InlineData("[{repeat: auto}, {conv1d: {out: auto, kernel: 5, padding: 1, dilation: 2, channels-last: true}}]", "[12,5]", null)]
    [InlineData("[{repeat: auto}, {conv-transpose1d: {out: 7, kernel: 4, stride: 2, padding: 1, channels-last: true}}, {linear: auto}]", "[12,5]", null)]
    [InlineData("[{repeat: auto}, {conv1d: {out: auto, kernel: 3, stride: 2, channels-last: true}}]", "[12,5]", "VAE2103")]
    [InlineData("[{repeat: auto}, {conv-transpose1d: {out: auto, kernel: 3, stride: 2, channels-last: true}}]", "[12,5]", "VAE2103")]
    [InlineData("[{linear: auto}, {linear: 7}, flatten, {linear: auto}, {reshape: [12, 5]}]", "[12,5]", "VAE2103")]
    public void Auto_is_what_the_series_needs(string decoder, string shape, string? code)
    {
        SpecLoadResult result = SpecLoader.Parse($"vae: 1\nname: a\ndata: {{source: npy, path: a.npy, shape: {shape}}}\nencoder: [flatten]\nlatent: 2\ndecoder: {decoder}\nloss: {{reconstruction: gaussian}}\ntrain: {{epochs: 1}}\n");

        if (code is null)
            Assert.Equal(shape, result.Spec?.Decoder.Output.ToString() ?? string.Join('\n', result.Diagnostics));
        else
            Assert.Equal(code, Assert.Single(result.Diagnostics).Code.Id);
    }

    [Fact]
    public void Buffers_are_not_trained()
    {
        WeightDefinition[] weights = [.. One(BatchNorm(), [6]).Weights];

        Assert.Equal([true, true, false, false, false], weights.Select(weight => weight.Trainable));
        Assert.Equal([1, 0, 0, 1, 0], weights.Select(weight => ((Initializer.Constant)weight.Initializer).Value));
    }

    [Fact]
    public void A_pool_moves_by_its_kernel_unless_told_otherwise() => Assert.Equal(new Shape(3, 3), One(AvgPool2d(3), [1, 9, 9]).Arguments.Shape("stride"));

    public static TheoryData<string, int[], string> Refusals => new()
    {
        { "linear: 3", [1, 2, 3], "put 'flatten' before it" },
        { "conv2d: {out: 3, kernel: 3}", [9], "put 'reshape: [C, H, W]' before it" },
        { "conv2d: {out: 3, kernel: 10}", [1, 9, 9], "larger than the padded image" },
        { "conv2d: {out: 4, kernel: 3, groups: 3}", [3, 9, 9], "does not come out even" },
        { "conv-transpose2d: {out: 3, kernel: 3, output-padding: 1}", [1, 9, 9], "must be smaller than the stride" },
        { "conv-transpose2d: {out: 3, kernel: 1, padding: 9}", [1, 9, 9], "use less 'padding'" },
        { "conv-transpose2d: {out: 3, kernel: 3}", [9], "works on images" },
        { "conv1d: {out: 3, kernel: 3}", [9], "conv1d works on series [C,T], not on [9]; put 'reshape: [C, T]' before it" },
        { "conv1d: {out: 3, kernel: 3, channels-last: true}", [1, 9, 9], "works on series [T,F], not on [1,9,9]" },
        { "conv1d: {out: 3, kernel: 5}", [96, 3], "the window of conv1d (5 steps) is longer than the padded series [96,3], read as 96 channels of 3 steps; use a smaller 'kernel' or more 'padding', and for a series [T,F] write 'channels-last: true'" },
        { "conv1d: {out: 3, kernel: 5, channels-last: true}", [3, 96], "for a series [C,T] leave 'channels-last' out" },
        { "conv1d: {out: 4, kernel: 3, groups: 3}", [3, 9], "does not come out even" },
        { "conv-transpose1d: {out: 3, kernel: 3, output-padding: 1}", [3, 9], "must be smaller than the stride" },
        { "conv-transpose1d: {out: 3, kernel: 1, padding: 9}", [3, 9], "into -9 steps; use less 'padding'" },
        { "conv-transpose1d: {out: 3, kernel: 3}", [9], "works on series" },
        { "conv-transpose1d: {out: 4, kernel: 3, groups: 3}", [3, 9], "does not come out even" },
        { "gru: 5", [9], "gru works on series [T,F], not on [9]; put 'repeat: T' or 'reshape: [T, F]' before it" },
        { "lstm: 5", [1, 9, 9], "lstm works on series [T,F], not on [1,9,9]" },
        { "embedding: {num: 7, dim: 4}", [4, 9], "embedding works on whole numbers [T], not on [4,9]; put 'flatten' before it" },
        { "repeat: 5", [4, 9], "repeat works on [F], not on [4,9]; put 'flatten' before it" },
        { "batchnorm", [2, 2, 2, 2], "works on [F], series and images [C,H,W], not on [2,2,2,2]" },
        { "batchnorm: {channels-last: true}", [4, 4, 4], "images are [C,H,W], so leave it out" },
        { "groupnorm: 3", [4], "does not come out even" },
        { "groupnorm: {groups: 3, channels-last: true}", [3, 4], "cuts 4 channels into 3 groups" },
        { "reshape: [2, 3]", [7], "needs 6 numbers, but [7] has 7" },
        { "upsample: 2", [7], "works on images" },
        { "avgpool2d: {kernel: 2, padding: 2}", [1, 9, 9], "at most half its kernel" },
        { "maxpool2d: 2", [9], "works on images" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_layer_says_why_it_cannot_work_on_a_shape(string layer, int[] input, string piece)
    {
        string item = layer.Contains(':', StringComparison.Ordinal) ? $"{{{layer}}}" : layer;
        SpecLoadResult result = SpecLoader.Parse($"vae: 1\ndata: {{source: npy, path: a.npy, shape: {new Shape(input)}}}\nencoder: [{item}, flatten]\nlatent: 1\ndecoder: [linear: auto]\nloss: {{reconstruction: gaussian}}\ntrain: {{epochs: 1}}\n");

        Assert.Contains(piece, Assert.Single(result.Diagnostics).ToString(), StringComparison.Ordinal);
        Assert.Equal("VAE2101", result.Diagnostics[0].Code.Id);
    }

    public static TheoryData<string, int[], string> NotAdded => new()
    {
        { "[linear: 3]", [6], "make [6] into [3], to which [6] cannot be added; write 'project: true', which brings it to [3] by a linear layer, or let the layers end with [6]" },
        { "[flatten]", [2, 3], "make [2,3] into [6], to which [2,3] cannot be added; let the layers end with [2,3]" },
        { "{layers: [flatten], project: true}", [2, 3], "cannot bring [2,3] to [6], which has another number of axes; let the layers end with [2,3]" },
        { "[{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1}}]", [3, 9], "by a 1-wide convolution of stride 2" },
        { "{layers: [{conv1d: {out: 4, kernel: 3, stride: 2}}, {conv1d: {out: 4, kernel: 2, padding: 9}}], project: true}", [3, 9], "no stride gives so many steps" },
        { "{layers: [{reshape: [3, 2]}, gru: 2], project: true}", [2, 3], "for it is linear on the last axis" },
        { "{layers: [upsample: 2], project: true}", [1, 2, 2], "for no stride of a 1×1 convolution gives that height and width" },
        { "[{conv2d: {out: 1, kernel: 3, stride: [1, 2], padding: 1}}]", [1, 8, 8], "by a 1×1 convolution of stride [1,2]" },
    };

    [Theory]
    [MemberData(nameof(NotAdded))]
    public void A_residual_says_why_its_sides_cannot_be_added(string residual, int[] input, string piece)
    {
        SpecLoadResult result = SpecLoader.Parse($"vae: 1\ndata: {{source: npy, path: a.npy, shape: {new Shape(input)}}}\nencoder: [residual: {residual}, flatten]\nlatent: 1\ndecoder: [linear: auto]\nloss: {{reconstruction: gaussian}}\ntrain: {{epochs: 1}}\n");

        Assert.Contains(piece, Assert.Single(result.Diagnostics).ToString(), StringComparison.Ordinal);
        Assert.Equal("VAE2120", result.Diagnostics[0].Code.Id);
    }

    [Fact]
    public void Layers_inside_a_residual_count_towards_the_limit()
    {
        string many = string.Join(", ", Enumerable.Repeat("residual: [relu, relu, relu, relu, relu, relu, relu, relu, relu]", 1001));
        SpecLoadResult result = SpecLoader.Parse($"vae: 1\ndata: {{dataset: mnist}}\nencoder: [{many}, flatten]\nlatent: 1\ndecoder: [linear: {{out: auto, act: sigmoid}}]\nloss: {{reconstruction: mse}}\ntrain: {{epochs: 1}}\n");

        Assert.Contains("'encoder' has more than 10,000 layers", Assert.Single(result.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("residual: [use: {block: same, width: 8}, use: {block: same, width: 784}]")]
    [InlineData("residual: {layers: [use: {block: same, each: {width: [8, 784]}}]}")]
    [InlineData("residual: {layers: [residual: {layers: [use: {block: same, width: 8}], project: true}, use: {block: same, width: 784}]}")]
    public void Blocks_may_be_used_inside_a_residual(string layer)
    {
        SpecLoadResult result = SpecLoader.Parse($$"""
            vae: 1
            data: {dataset: mnist, shape: [784]}
            blocks:
              same: {params: {width: int}, layers: [linear: {out: $(width), act: relu}]}
            encoder:
              - {{layer}}
            latent: 2
            decoder: [linear: {out: auto, act: sigmoid}]
            loss: {reconstruction: mse}
            train: {epochs: 1}
            """);

        Assert.Empty(result.Diagnostics);
        Assert.Equal([8, 8, 784, 784], result.Spec!.Encoder.AllLayers.Where(inner => inner.Kind is "linear" or "relu").Select(inner => inner.Output[0]));
        Assert.Equal(result.Spec, SpecLoader.Parse(result.Spec.ToYaml()).Spec);
    }

    [Fact]
    public void Values_inside_a_residual_have_origins_of_their_own()
    {
        SpecLoadResult result = SpecLoader.Parse("""
            vae: 1
            data: {dataset: mnist, shape: [784]}
            encoder:
              - residual:
                  layers:
                    - linear: {out: 784, act: relu}
            latent: 2
            decoder: [linear: {out: auto, act: sigmoid}]
            loss: {reconstruction: mse}
            train: {epochs: 1}
            """);

        Assert.Equal(
            ["encoder.0 (4,5)", "encoder.0.residual.layers.0 (6,11)", "encoder.0.residual.layers.0.linear.out (6,25)", "encoder.0.residual.layers.0.linear.bias", "encoder.0.residual.layers.1 (6,35)", "encoder.0.residual.project"],
            result.Origins.Where(origin => origin.Path.StartsWith("encoder", StringComparison.Ordinal)).Select(origin => origin.Place is { } place ? $"{origin.Path} ({place.Line},{place.Column})" : origin.Path));
    }

    [Fact]
    public void The_parts_of_a_residual_are_known_once_it_has_shapes()
    {
        Layer shaped = One(Residual([.. Linear(4)], project: true), [6]);

        Assert.Equal("linear", Dsl.Residual.Of(shaped).Projection!.Kind);
        Assert.Throws<ArgumentException>(() => Dsl.Residual.Of(Residual(Relu())[0]));
        Assert.Throws<ArgumentException>(() => Dsl.Residual.Of(One(Relu(), [6])));
    }

    [Fact]
    public void Every_row_of_every_catalogue_is_documented()
    {
        ComponentKind[] rows = [.. LayerCatalogue.All, .. OptimizerCatalogue.Rows.All, .. ScheduleCatalogue.Rows.All, .. InitializationCatalogue.Rows.All, .. ReconstructionCatalogue.Rows.All, .. TermCatalogue.Rows.All, .. PlotCatalogue.Rows.All, .. ConditionCatalogue.Rows.All];

        Assert.All(rows, row =>
        {
            Assert.Matches("^[a-z0-9-]+$", row.Name);
            Assert.EndsWith(".", row.Summary, StringComparison.Ordinal);
            Assert.All(row.Arguments, argument => Assert.EndsWith(".", argument.Help, StringComparison.Ordinal));
            Assert.True(row.MainArgument is null || row.Arguments.Any(argument => argument.Name == row.MainArgument));
        });
    }
}
