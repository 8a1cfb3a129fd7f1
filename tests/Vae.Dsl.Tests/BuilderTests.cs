using Vae.Dsl.Building;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using static Vae.Dsl.Building.Layers;

namespace Vae.Dsl.Tests;

public class BuilderTests
{
    private static SpecBuilder Small { get; } = new SpecBuilder("small")
        .Data("mnist", shape: [784])
        .Encoder(Linear(32, act: "relu"))
        .Latent(2)
        .Decoder(Linear(32, act: "relu"), LinearAuto(act: "sigmoid"))
        .Loss("mse", kl: 0.01)
        .Train(epochs: 3);

    [Fact]
    public void The_first_spec_built_by_calls_equals_the_one_that_is_read()
    {
        Spec built = new SpecBuilder("mnist-mlp")
            .Data("mnist", shape: [784])
            .Encoder(Linear(128, act: "relu"))
            .Latent(2)
            .Decoder(Linear(128, act: "relu"), LinearAuto(act: "sigmoid"))
            .Loss(Losses.Mse(reduce: "mean"), kl: 0.001)
            .Train(epochs: 100, batch: 128, optimizer: "adam", lr: 2e-3, seed: 42)
            .Artifacts(plots: ["loss", "reconstructions", Plots.LatentScatter(color: "label", split: "test"), Plots.Manifold(grid: 20)])
            .Checks(lossCurve: 0.02, metrics: [new MetricCheck("test.reconstruction", Max: 0.044)])
            .Build();

        Assert.Equal(SpecLoader.Parse(FirstSpecTests.Text).Spec, built);
    }

    [Fact]
    public void Layers_may_come_as_any_sequence()
    {
        IEnumerable<Layer> Down(params int[] widths) => widths.SelectMany(width => Linear(width, act: "gelu"));

        Spec spec = Small.Encoder(Down(64, 32)).Build();

        Assert.Equal(["linear", "gelu", "linear", "gelu"], spec.Encoder.Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void Faults_name_the_call_and_come_all_at_once()
    {
        SpecLoadResult result = Small.Encoder(Linear(-3), Conv2d(8, kernel: 3)).Latent(0).Check();

        Assert.Null(result.Spec);
        Assert.Contains(result.Diagnostics, d => d.ToString() == "Linear(-3): error VAE1204: 'out' of 'linear' must be at least 1, got '-3'");
        Assert.Contains(result.Diagnostics, d => d.ToString() == "Latent(dim: 0): error VAE1204: 'dim' of 'latent' must be at least 1, got '0'");
        VaeException thrown = Assert.Throws<VaeException>(() => Small.Latent(0).Build());
        Assert.Equal("VAE1204", Assert.Single(thrown.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void A_weight_that_is_no_number_is_refused(double beta) => Assert.Throws<VaeException>(() => Small.Loss("mse", kl: beta).Build());

    [Fact]
    public void Height_and_width_may_differ()
    {
        Spec spec = Small.Data("mnist").Encoder(Conv2d(4, kernel: new Pair(3, 5), name: "first", act: "relu"), Flatten()).Build();

        Assert.Equal([4, 26, 24], spec.Encoder.Layers[0].Output);
        Assert.Equal("first", spec.Encoder.Key(0));
        Assert.Equal(["linear", "relu", "linear", "reshape", "sigmoid"], spec.Decoder.Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void A_convolutional_decoder_is_built_like_the_text_of_it()
    {
        Spec spec = Small.Data("mnist").Encoder(Conv2d(8, kernel: 3, stride: 2, padding: 1, act: "relu"), Flatten())
            .Decoder(LinearTo([8, 14, 14], act: "relu"), ConvTranspose2dAuto(kernel: 4, stride: 2, padding: 1, act: "sigmoid")).Build();

        Assert.Equal(["linear", "reshape", "relu", "conv-transpose2d", "sigmoid"], spec.Decoder.Layers.Select(layer => layer.Kind));
        Assert.Equal([1, 28, 28], spec.Decoder.Output);
        Diagnostic wrong = Assert.Single(Small.Data("mnist").Encoder(Flatten()).Decoder(LinearTo([8, 16, 16]), ConvTranspose2dAuto(kernel: 4, stride: 2, padding: 1, act: "sigmoid")).Check().Diagnostics);
        Assert.EndsWith("Try out: [8, 14, 14] in LinearTo([8, 16, 16]).", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_residual_is_built_like_the_text_of_it()
    {
        Spec spec = Small.Data("mnist")
            .Encoder(
                Residual([.. Conv2d(8, kernel: 3, stride: 2, padding: 1), .. BatchNorm()], project: true, act: "relu", name: "down"),
                Residual([.. Conv2dAuto(kernel: 3, padding: 1, name: "same"), .. Relu()]),
                Flatten())
            .Build();

        Assert.Equal(
            SpecLoader.Parse("""
                vae: 1
                name: small
                data: {dataset: mnist}
                encoder:
                  - residual:
                      layers:
                        - conv2d: {out: 8, kernel: 3, stride: 2, padding: 1}
                        - batchnorm
                      project: true
                      act: relu
                      name: down
                  - residual: [{conv2d: {out: auto, kernel: 3, padding: 1, name: same}}, relu]
                  - flatten
                latent: 2
                decoder:
                  - linear: {out: 32, act: relu}
                  - linear: {out: auto, act: sigmoid}
                loss: {reconstruction: mse, kl: 0.01}
                train: {epochs: 3}
                """).Spec,
            spec);
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
        Assert.Equal(spec, SpecBuilder.From(spec).Build());
        Assert.Equal(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.1.running_mean", "layers.1.running_var", "layers.1.num_batches_tracked", "project.weight"],
            spec.Encoder.Layers[0].Weights.Select(weight => weight.Name));
        Assert.Equal(["layers.same.weight", "layers.same.bias"], spec.Encoder.Layers[2].Weights.Select(weight => weight.Name));
    }

    [Fact]
    public void A_fault_inside_a_residual_names_the_inner_call()
    {
        SpecLoadResult result = Small.Encoder(Residual([.. Linear(-3), .. Residual(Linear(5, act: "rleu"))])).Check();

        Assert.Equal(
            ["Linear(-3): error VAE1204: 'out' of 'linear' must be at least 1, got '-3'", "Linear(5, act: \"rleu\"): error VAE1208: unknown layer 'rleu'. Did you mean 'relu'?"],
            result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void The_architecture_shows_what_is_inside_a_residual()
    {
        string text = Small.Encoder(Residual([.. Linear(16, act: "relu"), .. Linear(8)], project: true)).Build().Describe();

        Assert.Equal(
            """
            small

                                    layer     output  parameters
            encoder                 input     [784]
              encoder.0             residual  [8]
                encoder.0.layers.0  linear    [16]       12,560
                encoder.0.layers.1  relu      [16]            0
                encoder.0.layers.2  linear    [8]           136
                encoder.0.project   linear    [8]         6,272
            """.ReplaceLineEndings("\n"),
            string.Join('\n', text.Split('\n').Take(9)));
    }

    [Fact]
    public void A_spec_is_varied_by_its_With_methods()
    {
        Spec spec = Small.Build();

        Assert.Equal(8, spec.WithLatent(8).Decoder.Input[0]);
        Assert.Equal(0.5, spec.WithBeta(0.5).Loss.KlWeight.Final);
        Assert.Equal(7, spec.WithEpochs(7).Train.Length);
        Assert.Equal("other", spec.WithName("other").Name);
        Assert.Equal(spec, spec.WithLatent(8).WithLatent(2));
        Assert.Throws<VaeException>(() => spec.WithData(spec.Data with { Dataset = "mnist", Shape = [1, 28, 28] }));
    }

    [Fact]
    public void Other_sections_are_built_as_they_are_read()
    {
        Spec spec = Small
            .DataFrom("csv", "a.csv", columns: ["x", "y"], labels: "z", scale: "standard", validation: 0.1, test: 100, limit: 0.5)
            .Description("two: columns")
            .Latent(2, logvarClamp: new Interval(-8, 8))
            .Loss(Losses.Huber(delta: 2), kl: Weights.Ramp(to: 1, epochs: 5, shape: RampShape.Cosine))
            .Train(steps: 500, optimizer: Optimizers.Sgd(momentum: 0.9), schedule: Schedules.Cosine(warmup: 2), stop: new StopSpec("validation.loss", 4), threads: 2, device: "cpu", clipNorm: 1)
            .Artifacts(weights: ["torchsharp"], plots: ["loss", Plots.Samples(count: 10), Plots.Traversal(range: 2, from: "prior")], report: "none", samples: 12)
            .Build();

        Assert.Equal([2], spec.Data.Shape);
        Assert.Equal(new Amount(100, IsFraction: false), spec.Data.Test);
        Assert.Equal(new Interval(-8, 8), spec.Latent.LogVarianceClamp);
        Assert.Equal(new StopSpec("validation.loss", 4), spec.Train.Stop);
        Assert.Equal(2, spec.Train.Schedule!.Arguments.Int("warmup"));
        Assert.Equal(12, spec.Artifacts.Samples);
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
    }

    [Fact]
    public void Everything_of_a_loss_and_of_a_training_is_built_as_it_is_read()
    {
        Spec spec = Small
            .Data("mnist", shape: [784], validation: 0.1)
            .Loss("mse", kl: 100, capacity: Weights.Ramp(to: 25, epochs: 10), terms: [Terms.Tc(5), Terms.Dip(1, variant: "i", diagonal: 10)])
            .Train(epochs: 30, schedule: Schedules.MultiStep([10, 20]), init: Initializations.KaimingUniform(bias: "pytorch"), ema: 0.99, precision: "float64")
            .Build();

        Assert.Equal(new WeightSpec.Ramp(0, 25, 10, TimeUnit.Epochs), spec.Loss.Capacity);
        Assert.Equal(["tc", "dip"], spec.Loss.Terms.Select(term => term.Kind));
        Assert.Equal("stratified", spec.Loss.Terms[0].Arguments.Text("estimator"));
        Assert.Equal([10, 20], spec.Train.Schedule!.Arguments.Ints("milestones"));
        Assert.Equal("kaiming-uniform", spec.Train.Init.Kind);
        Assert.Equal(Math.Sqrt(2), spec.Train.Init.Arguments.Float("gain"));
        Assert.Equal(0.99, spec.Train.Ema);
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
    }

    public static TheoryData<Component> WithVariance => [Losses.Mse(), Losses.Gaussian(), Losses.LearnedGaussian];

    [Theory]
    [MemberData(nameof(WithVariance))]
    public void A_learned_weight_learns_the_variance_of_the_reconstruction(Component reconstruction)
    {
        Spec spec = Small.Loss(reconstruction, Weights.Learned, freeBits: 0.1).Build();

        Assert.True(spec.Loss.LearnsSigma);
        Assert.Equal(64, spec.WithArtifacts(logLikelihood: 64).Artifacts.LogLikelihood);
        Assert.Equal("log_sigma", Assert.Single(spec.Loss.Weights).Name);
        Assert.Equal(Small.Build().ParameterCount + 1, spec.ParameterCount);
        Assert.Contains("  loss.log_sigma", spec.Describe(), StringComparison.Ordinal);
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
        Assert.Equal(spec, spec.WithEpochs(7).WithEpochs(3));
    }

    [Fact]
    public void A_fault_beside_the_weight_names_the_argument()
    {
        Assert.Equal("Loss(freeBits: -1): error VAE1204: 'free-bits' of 'loss.kl' must be over 0, got '-1'", Assert.Single(Small.Loss("mse", freeBits: -1).Check().Diagnostics).ToString());
        Assert.Equal("VAE2150", Assert.Single(Small.Loss("bce", Weights.Learned).Check().Diagnostics).Code.Id);
    }
}
