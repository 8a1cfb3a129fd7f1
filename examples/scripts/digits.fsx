// An experiment as an F# script: write a spec, check it, train it, draw the latent space, sample.
// Build once (dotnet build src/Vae.Tool), then: dotnet fsi examples/scripts/digits.fsx
#I "../../src/Vae.Tool/bin/Debug/net10.0"
#r "Vae.Dsl.dll"
#r "Vae.Data.dll"
#r "Vae.Torch.dll"
#r "Vae.Artifacts.dll"

open System.IO
open Vae.Artifacts
open Vae.Data
open Vae.Dsl
open Vae.Dsl.Building
open Vae.Dsl.Results
open Vae.Torch
open type Vae.Dsl.Building.Layers

// Write.
let digits =
    SpecBuilder("digits")
        .Data("mnist", shape = [ 784 ], limit = 2000)
        .Encoder(Linear(128, act = "relu"))
        .Latent(2)
        .Decoder(Linear(128, act = "relu"), LinearAuto(act = "sigmoid"))
        .Loss("bce", kl = 1.0)
        .Train(epochs = 20, batch = 50, optimizer = Optimizers.Adam(beta1 = 0.9), lr = 2e-3)
        .Artifacts(plots = [ Plots.Loss(); Plots.LatentScatter(limit = 2000); Plots.Samples(count = 10) ])

// Check.
let checkedDigits = digits.Check()

for diagnostic in checkedDigits.Diagnostics do
    eprintfn $"{diagnostic}"

let spec =
    match checkedDigits.Spec with
    | null -> exit 1
    | spec -> spec

printfn $"{spec.Describe()}"

// The same mistakes as in a file, at the call's argument.
for diagnostic in digits.Latent(0).Train(epochs = 20, lr = -1.0).Check().Diagnostics do
    printfn $"{diagnostic}"

// Train, and leave behind what 'vae train' would, with a spec that the build can train.
let data = DataSetLoader.Load spec
let result = Trainer.Train(spec, data, TrainOptions(Requests = ArtifactWriter.RequestsFor spec))
ArtifactWriter.Write(result, "artifacts/digits")
File.WriteAllText("artifacts/digits.vae.yaml", spec.ToYaml())

for metric in result.Metrics do
    printfn $"{metric.Key, -24} %.2f{metric.Value}"

// Draw the latent space. The picture is artifacts/digits/plots/latent-scatter.png; here, each test digit stands where its mean lies.
let codes = result.Evaluation(EvaluationRequest.Codes("test", 2000))
let means = (codes.Get "mu").Values
let labels = (codes.Get "labels").Values
let map = Array2D.create 21 61 ' '

for i in 0 .. labels.Length - 1 do
    let column = int (round (30.0f + 10.0f * means[2 * i]))
    let row = int (round (10.0f - 3.5f * means[2 * i + 1]))

    if 0 <= column && column <= 60 && 0 <= row && row <= 20 then
        map[row, column] <- char (int '0' + int labels[i])

for row in 0..20 do
    printfn "%s" (System.String(map[row, *]).TrimEnd())

// Sample: codes from the prior, decoded by the model that was written.
let trained = TrainedModel.Read "artifacts/digits"
let model = VaeModel.Load(trained.Spec, trained.Weights)
let samples = model.Sample(4, seed = 1)

for y in 0..2..26 do
    let line =
        [| for sample in 0..3 do
               for x in 0..27 do
                   if samples[sample * 784 + y * 28 + x] > 0.5f then '#' else ' ' |]

    printfn "%s" (System.String(line).TrimEnd())
