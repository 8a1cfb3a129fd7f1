using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Layers;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class WeightFactoryTests
{
    private static Tensor Drawn(string initialization, params int[] shape)
    {
        TorchRuntime.EnsureLoaded();
        Component init = Specs.Mlp($"{{epochs: 1, init: {initialization}}}").Train.Init;
        using Generator random = new(7);
        return new WeightFactory(init, random, float32, CPU).Create(new WeightDefinition("weight", [.. shape], new Initializer.Uniform(0.1)));
    }

    // What tests/interop/initial_weights.py prints.
    [Theory]
    [InlineData("xavier-uniform", 0.0646639764f, 0.0943136811f, 0.0108203534f, 0.0574734583f)]
    [InlineData("xavier-normal", -0.0784652829f, 0.0709883049f, -0.0733550638f, 0.038638968f)]
    [InlineData("kaiming-uniform", 0.0987758562f, 0.144066527f, 0.0171084795f, 0.0908735096f)]
    [InlineData("kaiming-normal", -0.119857699f, 0.108436435f, -0.115984544f, 0.0610935763f)]
    [InlineData("normal", -0.00293590198f, 0.0026561392f, -0.0164026897f, 0.0086399354f)]
    public void PyTorch_draws_the_same_from_the_same_seed(string initialization, float matrixFirst, float matrixLast, float kernelFirst, float kernelLast)
    {
        using Tensor matrix = Drawn(initialization, 4, 3), kernel = Drawn(initialization, 6, 4, 5, 5);
        float[] drawn = [matrix[0, 0].item<float>(), matrix[3, 2].item<float>(), kernel[0, 0, 0, 0].item<float>(), kernel[5, 3, 4, 4].item<float>()];
        Assert.All(drawn.Zip((float[])[matrixFirst, matrixLast, kernelFirst, kernelLast]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Theory]
    [InlineData("xavier-uniform")]
    [InlineData("{xavier-uniform: {bias: pytorch}}")]
    public void Every_layer_and_both_heads_begin_as_the_spec_says(string initialization)
    {
        TorchRuntime.EnsureLoaded();
        Spec spec = Specs.Mlp($"{{epochs: 1, init: {initialization}}}");
        using RandomStreams streams = new(7, CPU);
        using VaeNetwork network = new(spec, streams, CPU);

        bool zero = spec.Train.Init.Arguments.Text("bias") == "zero";
        Assert.All(network.Export(), array =>
        {
            if (array.Shape.Rank == 1)
            {
                Assert.Equal(zero, array.Values.All(value => value == 0));
                return;
            }

            double bound = Math.Sqrt(6.0 / (array.Shape[0] + array.Shape[1]));
            Assert.InRange(array.Values.Max(Math.Abs), 0.8 * bound, bound);
        });
    }

    [Fact]
    public void What_has_one_right_beginning_keeps_it()
    {
        TorchRuntime.EnsureLoaded();
        Layer layer = Specs.Parse("""
            data: {source: npy, path: x.npy, shape: [12], scale: none}
            encoder: [batchnorm]
            latent: 2
            decoder: [linear: auto]
            loss: {reconstruction: mse}
            train: {epochs: 1, init: normal}
            """).Encoder.Layers[0];
        using Generator random = new(7);
        using LayerModule module = LayerModules.Create(new LayerContext(layer, new WeightFactory("normal", random, float32, CPU), random));

        Assert.All(module.Arrays, array => Assert.Equal(array.Name is "weight" or "running_var" ? 1 : 0, array.Values.to(float32).max().item<float>()));
    }
}
