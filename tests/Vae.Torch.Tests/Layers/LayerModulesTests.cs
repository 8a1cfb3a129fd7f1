using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Layers;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Layers;

public class LayerModulesTests
{
    public LayerModulesTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    /// <summary>Each row with arguments and an input shape that suits it, some more than once.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "{linear: 5}", "[7]" },
        { "{linear: {out: 5, bias: false}}", "[3, 7]" },
        { "{concat: label}", "[7]" },
        { "{concat: {with: label, channels-last: true}}", "[3, 7]" },
        { "{concat: {with: label, channels-last: false}}", "[3, 7]" },
        { "{concat: label}", "[2, 3, 4]" },
        { "{conv2d: {out: 6, kernel: 3, stride: 2, padding: 1}}", "[2, 9, 8]" },
        { "{conv2d: {out: 6, kernel: [1, 3], dilation: 2, groups: 2, bias: false}}", "[2, 9, 8]" },
        { "{conv-transpose2d: {out: 4, kernel: 3, stride: 2, padding: 1, output-padding: 1}}", "[2, 5, 4]" },
        { "{conv-transpose2d: {out: 4, kernel: 4, stride: 2, padding: 1, groups: 2}}", "[2, 5, 4]" },
        { "{conv1d: {out: 6, kernel: 3, stride: 2, padding: 1}}", "[2, 9]" },
        { "{conv1d: {out: 6, kernel: 3, dilation: 2, groups: 2, bias: false, channels-last: true}}", "[9, 2]" },
        { "{conv-transpose1d: {out: 4, kernel: 3, stride: 2, padding: 1, output-padding: 1}}", "[2, 5]" },
        { "{conv-transpose1d: {out: 4, kernel: 4, stride: 2, groups: 2, channels-last: true}}", "[5, 2]" },
        { "{gru: 4}", "[5, 3]" },
        { "{gru: {hidden: 4, layers: 2, bidirectional: true, bias: false, return: last}}", "[5, 3]" },
        { "{lstm: {hidden: 4, layers: 2, bidirectional: true, dropout: 0.2}}", "[5, 3]" },
        { "{lstm: {hidden: 4, return: last}}", "[5, 3]" },
        { "{repeat: 4}", "[6]" },
        { "{embedding: {num: 3, dim: 4}}", "[6]" },
        { "{residual: [{linear: 4}, tanh, {linear: auto}]}", "[6]" },
        { "{residual: {layers: [{gru: 4}], project: true}}", "[5, 3]" },
        { "{residual: {layers: [{conv1d: {out: 4, kernel: 3, stride: 2, padding: 1}}], project: true}}", "[3, 9]" },
        { "{residual: {layers: [{conv2d: {out: 4, kernel: 3, stride: 2, padding: 1}}, {residual: [batchnorm]}], project: true}}", "[2, 9, 8]" },
        { "{batchnorm: {channels-last: true}}", "[5, 3]" },
        { "{groupnorm: {groups: 2, channels-last: true}}", "[5, 4]" },
        { "batchnorm", "[6]" },
        { "{batchnorm: {affine: false}}", "[3, 4, 4]" },
        { "layernorm", "[3, 4, 4]" },
        { "{layernorm: {affine: false}}", "[6]" },
        { "{groupnorm: 2}", "[4, 3, 3]" },
        { "{groupnorm: {groups: 3, affine: false}}", "[6]" },
        { "{dropout: 0.3}", "[6]" },
        { "flatten", "[2, 3, 4]" },
        { "{reshape: [2, 3, 2]}", "[12]" },
        { "{upsample: 2}", "[2, 3, 4]" },
        { "{avgpool2d: 2}", "[2, 5, 4]" },
        { "{avgpool2d: {kernel: 3, stride: 1, padding: 1}}", "[2, 5, 4]" },
        { "{maxpool2d: {kernel: 3, stride: 2, padding: 1}}", "[2, 5, 4]" },
        { "relu", "[6]" },
        { "{leaky-relu: 0.2}", "[6]" },
        { "{elu: 0.5}", "[6]" },
        { "selu", "[6]" },
        { "gelu", "[6]" },
        { "{gelu: {approximate: tanh}}", "[6]" },
        { "silu", "[2, 3, 4]" },
        { "tanh", "[6]" },
        { "sigmoid", "[6]" },
        { "softplus", "[6]" },
        { "softmax", "[3, 4, 4]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_comes_out_has_the_inferred_shape_and_gradients_flow_to_every_weight(string layer, string shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Layer first = Encoder(layer, shape).Layers[0];
        using Generator random = new(1);
        using LayerModule module = LayerModules.Create(new LayerContext(first, new WeightFactory("pytorch", random, float32, CPU), random));
        bool isEmbedding = first.Kind == "embedding";
        Tensor input = randn([5, .. first.Input.Select(size => (long)size)], generator: random);
        input = isEmbedding ? input.abs().floor().clamp(0, 2) : input.requires_grad_(true);
        Tensor output = module.Forward(input, ones(5, 3));
        Assert.Equal([5, .. first.Output.Select(size => (long)size)], output.shape);

        (output * randn(output.shape, generator: random)).sum().backward();
        Assert.True(isEmbedding || input.grad!.abs().sum().item<float>() > 0, "no gradient reaches the input");
        Assert.All(first.Weights.Where(weight => weight.Trainable), weight =>
        {
            Tensor values = module.Arrays.Single(array => array.Name == weight.Name).Values;
            Assert.Equal([.. weight.Shape.Select(size => (long)size)], values.shape);
            Assert.True(values.grad!.abs().sum().item<float>() > 0, $"no gradient reaches '{weight.Name}'");
        });
    }

    [Fact]
    public void Every_row_of_the_catalogue_has_a_module_and_a_case_here()
    {
        string[] rows = [.. LayerCatalogue.All.Select(row => row.Name)];
        Assert.Equal(rows.Order(), LayerModules.Names.Order());
        string[] cases = [.. Cases.Select(row => ((string)row[0]).Trim('{', '}').Split(':')[0]).Distinct()];
        Assert.Equal(rows.Order(), cases.Order());
    }

    [Theory]
    [InlineData("{groupnorm: 2}")]
    [InlineData("layernorm")]
    [InlineData("batchnorm")]
    public void Norms_start_with_scale_one_and_shift_zero(string layer)
    {
        using Generator random = new(1);
        using LayerModule module = LayerModules.Create(new LayerContext(Encoder(layer, "[4]").Layers[0], new WeightFactory("pytorch", random, float32, CPU), random));
        Dictionary<string, Tensor> arrays = module.Arrays.ToDictionary(array => array.Name, array => array.Values);
        Assert.All(TensorArrays.ToFloats(arrays["weight"]), value => Assert.Equal(1, value));
        Assert.All(TensorArrays.ToFloats(arrays["bias"]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dropout_drops_and_scales_while_training_only()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        using LayerModule module = LayerModules.Create(new LayerContext(Encoder("{dropout: 0.25}", "[1000]").Layers[0], new WeightFactory("pytorch", random, float32, CPU), random));
        float[] trained = TensorArrays.ToFloats(module.call(ones(1, 1000)));
        Assert.Equal([0, 1 / 0.75f], trained.Distinct().Order());
        Assert.InRange(trained.Count(value => value == 0), 200, 300);
        module.eval();
        Assert.All(TensorArrays.ToFloats(module.call(ones(1, 1000))), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Batch_norm_counts_its_batches_and_uses_running_statistics_afterwards()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        using LayerModule module = LayerModules.Create(new LayerContext(Encoder("batchnorm", "[3]").Layers[0], new WeightFactory("pytorch", random, float32, CPU), random));
        Tensor batch = (randn([64, 3], generator: random) * 2) + 5;
        for (int i = 0; i < 200; i++)
            module.call(batch);
        Dictionary<string, Tensor> arrays = module.Arrays.ToDictionary(array => array.Name, array => array.Values);
        Assert.Equal([200f], TensorArrays.ToFloats(arrays["num_batches_tracked"]));
        Assert.All(TensorArrays.ToFloats(arrays["running_mean"]), value => Assert.InRange(value, 4, 6));
        module.eval();
        Assert.InRange(module.call(batch).mean().item<float>(), -0.01, 0.01);
        Assert.Equal([200f], TensorArrays.ToFloats(arrays["num_batches_tracked"]));
    }

    private static Network Encoder(string layer, string shape) => Specs.Parse($$"""
        name: one-layer
        data: {source: npy, path: x.npy, labels: y.npy, classes: 3, shape: {{shape}}, scale: none}
        condition: {{(layer.Contains("concat", StringComparison.Ordinal) ? "{label: one-hot}" : "null")}}
        encoder: [{{layer}}, flatten]
        latent: 2
        decoder: [{linear: {{shape.Trim('[', ']').Split(',').Aggregate(1, (product, size) => product * int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))}}}, {reshape: {{shape}}}]
        loss: {reconstruction: mse, kl: 1}
        train: {epochs: 1, optimizer: adam, lr: 1e-3}
        """).Encoder;
}
