module Vae.FSharp.Tests.TrainingTests

open System
open System.IO
open Vae.Artifacts
open Vae.Data
open Vae.Dsl
open Vae.Dsl.Building
open Vae.Dsl.Results
open Vae.Torch
open Xunit
open type Vae.Dsl.Building.Layers

/// The folder of the solution, which holds data/mnist.
let private home =
    let rec above folder =
        if File.Exists(Path.Combine(folder, "VaeDsl.sln")) then
            folder
        else
            match Path.GetDirectoryName folder with
            | null -> failwith "no folder above the tests holds VaeDsl.sln"
            | parent -> above parent

    above AppContext.BaseDirectory

let private spec =
    SpecBuilder("from-fsharp")
        .Data("mnist", shape = [ 784 ], limit = 500)
        .Encoder(Linear(16, act = "relu"))
        .Latent(2)
        .Decoder(Linear(16, act = "relu"), LinearAuto(act = "sigmoid"))
        .Loss("bce")
        .Train(epochs = 2, batch = 50, threads = 1, device = "cpu")
        .Artifacts(plots = [ Plots.LatentScatter(limit = 100) ], report = "none")
        .Build()

[<Fact>]
let ``A spec is trained, written, read back and asked`` () =
    let folder = Path.Combine(Path.GetTempPath(), "vae-fsharp-" + Guid.NewGuid().ToString "N")

    try
        let data = DataSetLoader.Load(spec, home)
        let result = Trainer.Train(spec, data, TrainOptions(Requests = ArtifactWriter.RequestsFor spec))
        ArtifactWriter.Write(result, folder)

        let trained = TrainedModel.Read folder
        use model = VaeModel.Load(trained.Spec, trained.Weights)
        let posterior = model.Encode(data.Train.Example 0)

        match result.Curve.Column "train.loss" with
        | null -> Assert.Fail "the curve has no train.loss"
        | losses -> Assert.True(losses[1] < losses[0])

        Assert.Equal(spec, trained.Spec)
        Assert.Equal(2, posterior.Means.Length)
        Assert.All(model.Decode posterior.Means, (fun pixel -> Assert.InRange(pixel, 0.0f, 1.0f)))
        Assert.Equal(3 * 784, (model.Sample(3, seed = 1)).Length)
        Assert.True(((result.Evaluation(EvaluationRequest.Codes("test", 100)).Get "mu").Shape = Shape(100, 2)))
        Assert.True(File.Exists(Path.Combine(folder, "plots", "latent-scatter.png")))
        Assert.Equal(ArtifactFolder.FingerprintOf folder, Fingerprint.Of result)
    finally
        if Directory.Exists folder then
            Directory.Delete(folder, recursive = true)
