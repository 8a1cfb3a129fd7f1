module Vae.FSharp.Tests.SpecTests

open Vae.Dsl
open Vae.Dsl.Building
open Vae.Dsl.Diagnostics
open Xunit
open type Vae.Dsl.Building.Layers

let private small =
    SpecBuilder("small")
        .Data("mnist", shape = [ 784 ])
        .Encoder(Linear(32, act = "relu"))
        .Latent(2)
        .Decoder(Linear(32, act = "relu"), LinearAuto(act = "sigmoid"))
        .Loss("mse", kl = 0.01)
        .Train(epochs = 3)

/// What a text says, which has no fault.
let private read text =
    let loaded = SpecLoader.Parse text
    Assert.Empty loaded.Diagnostics

    match loaded.Spec with
    | null -> failwith "a text without faults gives a spec"
    | spec -> spec

let private kinds (network: Network) =
    [ for layer in network.Layers -> layer.Kind ]

[<Fact>]
let ``The first spec in code equals the one in text`` () =
    let written =
        read
            """
vae: 1
name: mnist-mlp
data: {dataset: mnist, shape: [784], limit: 2000, validation: 0.1}
encoder:
  - linear: {out: 128, act: relu}
latent: 2
decoder:
  - linear: {out: 128, act: relu}
  - linear: {out: auto, act: sigmoid}
loss: {reconstruction: {mse: {reduce: mean}}, kl: {from: 0, to: 0.001, epochs: 10, shape: cosine}}
train:
  epochs: 100
  optimizer: {sgd: {momentum: 0.9}}
  lr: 2e-3
  schedule: {cosine: {warmup: 2}}
  stop: {patience: 5}
artifacts:
  plots: [loss, reconstructions, latent-scatter: {color: none}, manifold: 10]
checks:
  metrics: {test.reconstruction: {max: 0.044}}
"""

    let built =
        SpecBuilder("mnist-mlp")
            .Data("mnist", shape = [ 784 ], limit = 2000, validation = 0.1)
            .Encoder(Linear(128, act = "relu"))
            .Latent(2)
            .Decoder(Linear(128, act = "relu"), LinearAuto(act = "sigmoid"))
            .Loss(Losses.Mse(reduce = "mean"), kl = Weights.Ramp(0.001, epochs = 10, shape = RampShape.Cosine))
            .Train(
                epochs = 100,
                optimizer = Optimizers.Sgd(momentum = 0.9),
                lr = 2e-3,
                schedule = Schedules.Cosine(warmup = 2),
                stop = StopSpec("validation.loss", 5)
            )
            .Artifacts(
                plots =
                    [ Plots.Loss()
                      Plots.Reconstructions()
                      Plots.LatentScatter(color = "none")
                      Plots.Manifold(grid = 10) ]
            )
            .Checks(metrics = [ MetricCheck("test.reconstruction", Max = 0.044) ])
            .Build()

    Assert.Equal(written, built)
    Assert.Equal(built, read (built.ToYaml()))

[<Fact>]
let ``Layers are values: lists, sequences and functions give them`` () =
    let down channels =
        [ Conv2d(channels, kernel = 3, stride = 2, padding = 1); BatchNorm(); LeakyRelu(0.2) ]

    let spec =
        small
            .Data("mnist")
            .Encoder(List.collect down [ 8; 16 ] @ [ Flatten() ])
            .Decoder([ LinearAuto(act = "sigmoid") ])
            .Build()

    Assert.Equal<string list>(
        [ "conv2d"; "batchnorm"; "leaky-relu"; "conv2d"; "batchnorm"; "leaky-relu"; "flatten" ],
        kinds spec.Encoder
    )

[<Fact>]
let ``A block of layers has loops and conditions`` () =
    let encoder deep =
        layers {
            Linear(128, act = "relu")

            for width in [ 64; 32 ] do
                Linear(width, act = "gelu")
                LayerNorm()

            if deep then
                Dropout(0.1)
        }

    Assert.Equal<string list>(
        [ "linear"; "relu"; "linear"; "gelu"; "layernorm"; "linear"; "gelu"; "layernorm"; "dropout" ],
        kinds (small.Encoder(encoder true).Build()).Encoder
    )

    Assert.Equal(8, (small.Encoder(encoder false).Build()).Encoder.Layers.Count)
    Assert.Equal(2, (small.Encoder(layers { yield! Linear(8, act = "relu") }).Build()).Encoder.Layers.Count)

[<Fact>]
let ``Height and width may differ`` () =
    let spec =
        small
            .Data("mnist")
            .Encoder(Conv2d(4, kernel = Pair(3, 5), stride = 2), Flatten())
            .Decoder(LinearAuto(act = "sigmoid"))
            .Build()

    Assert.True((spec.Encoder.Layers[0].Output = Shape(4, 13, 12)))

[<Fact>]
let ``A spec goes through a pipeline`` () =
    let spec = small.Build()

    let other =
        spec
        |> _.WithLatent(8)
        |> _.WithBeta(4.0)
        |> _.WithEpochs(7)
        |> _.WithTrain(lr = 0.01, optimizer = "adamw")
        |> _.WithEncoder(Linear(64, act = "gelu"))
        |> _.WithName("other")

    Assert.Equal(8, other.Latent.Dim)
    Assert.Equal(4.0, other.Loss.KlWeight.Final)
    Assert.Equal(7, other.Train.Length)
    Assert.Equal("adamw", other.Train.Optimizer.Kind)
    Assert.Equal(spec.Train.Batch, other.Train.Batch)
    Assert.Equal<string list>([ "linear"; "gelu" ], kinds other.Encoder)
    Assert.Equal("other", other.Name)
    Assert.True((spec.WithLatent(8).WithLatent(2) = spec))

[<Fact>]
let ``Sections are made like any object`` () =
    let train =
        TrainSpec(Length = 500, Unit = TimeUnit.Steps, Optimizer = "rmsprop", LearningRate = 0.01, Seed = 7)

    let spec = small.Build().WithTrain(train).WithChecks(ChecksSpec(ImageSimilarity = 0.9))

    Assert.Equal(TimeUnit.Steps, spec.Train.Unit)
    Assert.Equal(0.99, spec.Train.Optimizer.Arguments.Float "alpha")
    Assert.Equal(spec, read (spec.ToYaml()))

[<Fact>]
let ``Faults come as values and name the call's argument`` () =
    let result =
        small
            .Encoder(Linear(-3))
            .Latent(0)
            .Train(epochs = 3, lr = -1.0, optimizer = Optimizers.Adam(beta1 = 2.0), schedule = "cosin")
            .Check()

    Assert.False result.IsTrainable

    Assert.Equal<string list>(
        [ "Latent(dim: 0): error VAE1204: 'dim' of 'latent' must be at least 1, got '0'"
          "Linear(-3): error VAE1204: 'out' of 'linear' must be at least 1, got '-3'"
          "Optimizers.Adam(beta1: 2): error VAE1204: 'beta1' of 'adam' must be at most 0.999999, got '2'"
          "Train(lr: -1): error VAE1204: 'lr' of 'train' must be over 0, got '-1'"
          "Train(schedule: \"cosin\"): error VAE1208: unknown schedule 'cosin'. Did you mean 'cosine'?" ],
        [ for diagnostic in result.Diagnostics -> string diagnostic ] |> List.sort
    )

    let thrown = Assert.Throws<VaeException>(fun () -> small.Latent(0).Build() |> ignore)
    Assert.Equal("VAE1204", (Assert.Single thrown.Diagnostics).Code.Id)

[<Fact>]
let ``A file is read with parameters laid over it`` () =
    let path = System.IO.Path.GetTempFileName()

    try
        System.IO.File.WriteAllText(path, small.Build().ToYaml().Replace("dim: 2", "dim: $(z)") + "params: {z: 2}\n")
        let loaded = SpecLoader.Load(path, SpecLoadOptions(Parameters = [ "z=5" ], Sets = [ "train.epochs=9" ]))

        match loaded.Spec with
        | null -> Assert.Fail(string loaded.Diagnostics[0])
        | spec ->
            Assert.Equal(5, spec.Latent.Dim)
            Assert.Equal(9, spec.Train.Length)
    finally
        System.IO.File.Delete path
