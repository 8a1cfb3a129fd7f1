namespace Vae.Dsl.Tests;

public class FirstSpecTests
{
    public const string Text = """
        vae: 1
        name: mnist-mlp

        params:
          beta: 0.001
          hidden: 128

        data:
          dataset: mnist            # 60,000 train, 10,000 test
          shape: [784]              # [1,28,28] flattened, 0..1

        encoder:
          - linear: {out: $(hidden), act: relu}

        latent: 2                   # diagonal Gaussian: the mu and log-variance heads are added

        decoder:
          - linear: {out: $(hidden), act: relu}
          - linear: {out: auto, act: sigmoid}

        loss:
          reconstruction: {mse: {reduce: mean}}
          kl: $(beta)

        train: {epochs: 100, batch: 128, optimizer: adam, lr: 2e-3, seed: 42}

        artifacts:
          weights: [safetensors]
          onnx: [encoder, decoder]
          plots:
            - loss
            - reconstructions
            - latent-scatter: {color: label, split: test}
            - manifold: {grid: 20}
          report: html

        checks:
          loss-curve: {tolerance: 2%}
          metrics: {test.reconstruction: {max: 0.044}}

        variants:
          quick: {data: {limit: 6000}, train: {epochs: 3}}

        """;

    private static Spec Load(SpecLoadOptions? options = null)
    {
        SpecLoadResult result = SpecLoader.Parse(Text, "mnist-mlp.vae.yaml", options);
        Assert.Empty(result.Diagnostics);
        Assert.True(result.IsTrainable);
        return result.Spec;
    }

    [Fact]
    public void The_first_spec_loads_word_for_word()
    {
        Spec spec = Load();

        Assert.Equal("mnist-mlp", spec.Name);
        Assert.Equal("mnist", spec.Data.Dataset);
        Assert.Equal([784], spec.Data.Shape);
        Assert.Equal(["linear", "relu"], spec.Encoder.Layers.Select(layer => layer.Kind));
        Assert.Equal([128], spec.Encoder.Output);
        Assert.Equal(2, spec.Latent.Dim);
        Assert.Equal(["linear", "relu", "linear", "sigmoid"], spec.Decoder.Layers.Select(layer => layer.Kind));
        Assert.Equal(784, spec.Decoder.Layers[2].Arguments.Int("out"));
        Assert.Equal([784], spec.Decoder.Output);
        Assert.Equal("mse", spec.Loss.Reconstruction.Kind);
        Assert.Equal("mean", spec.Loss.Reconstruction.Arguments.Text("reduce"));
        Assert.Equal(new WeightSpec.Constant(0.001), spec.Loss.KlWeight);
        Assert.Equal(100, spec.Train.Length);
        Assert.Equal("adam", spec.Train.Optimizer.Kind);
        Assert.Equal(2e-3, spec.Train.LearningRate);
        Assert.Equal(["loss", "reconstructions", "latent-scatter", "manifold"], spec.Artifacts.Plots.Select(plot => plot.Kind));
        Assert.Equal(0.02, spec.Checks.LossCurveTolerance);
        Assert.Equal([new MetricCheck("test.reconstruction", Max: 0.044)], spec.Checks.Metrics);
        Assert.Equal(202_516, spec.ParameterCount);
    }

    [Fact]
    public void The_architecture_is_a_table_with_shapes_and_parameters()
    {
        const string Expected = """
            mnist-mlp

                             layer    output  parameters
            encoder          input    [784]
              encoder.0      linear   [128]     100,480
              encoder.1      relu     [128]           0
            latent
              latent.mu      linear   [2]           258
              latent.logvar  linear   [2]           258
            decoder          input    [2]
              decoder.0      linear   [128]         384
              decoder.1      relu     [128]           0
              decoder.2      linear   [784]     101,136
              decoder.3      sigmoid  [784]           0

            total                               202,516

            """;

        Assert.Equal(Expected, Load().Describe());
    }

    [Fact]
    public void The_resolved_form_loads_back_to_an_equal_spec()
    {
        Spec spec = Load();

        SpecLoadResult again = SpecLoader.Parse(spec.ToYaml());

        Assert.Empty(again.Diagnostics);
        Assert.Equal(spec, again.Spec);
        Assert.Equal(spec.ToYaml(), again.Spec!.ToYaml());
    }

    [Fact]
    public void A_variant_is_laid_over_the_spec()
    {
        Spec quick = Load(new SpecLoadOptions { Variant = "quick" });

        Assert.Equal(3, quick.Train.Length);
        Assert.Equal(128, quick.Train.Batch);
        Assert.Equal(new Amount(6000, IsFraction: false), quick.Data.Limit);
        Assert.Equal([784], quick.Data.Shape);
    }

    [Fact]
    public void Sets_win_over_parameters_and_both_over_the_variant()
    {
        Spec spec = Load(new SpecLoadOptions
        {
            Variant = "quick",
            Parameters = ["beta=0.5", "hidden=64"],
            Sets = ["train.epochs=7", "loss.kl=0.25", "latent=3", "train.clip-norm=1", "checks.metrics.test.reconstruction.max=0.1", "data.shape=[28, 28]", "encoder=[flatten, {linear: 32}]", "train.optimizer.adam.beta1=0.5"],
        });

        Assert.Equal(7, spec.Train.Length);
        Assert.Equal(new WeightSpec.Constant(0.25), spec.Loss.KlWeight);
        Assert.Equal(3, spec.Latent.Dim);
        Assert.Equal(1, spec.Train.ClipNorm);
        Assert.Equal(0.1, spec.Checks.Metrics[0].Max);
        Assert.Equal(0.5, spec.Train.Optimizer.Arguments.Float("beta1"));
        Assert.Equal([32], spec.Encoder.Output);
        Assert.Equal(64, spec.Decoder.Layers[0].Arguments.Int("out"));
        // 'auto' now needs an image: the product, then the shape.
        Assert.Equal(["linear", "relu", "linear", "reshape", "sigmoid"], spec.Decoder.Layers.Select(layer => layer.Kind));
    }
}
