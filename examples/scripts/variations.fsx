// What code adds to a spec: networks made by functions, and a search that is a loop. Three small trainings, a line each.
// Build once (dotnet build src/Vae.Tool), then: dotnet fsi examples/scripts/variations.fsx
#I "../../src/Vae.Tool/bin/Debug/net10.0"
#r "Vae.Dsl.dll"
#r "Vae.Data.dll"
#r "Vae.Torch.dll"

open Vae.Data
open Vae.Dsl
open Vae.Dsl.Building
open Vae.Torch
open type Vae.Dsl.Building.Layers

// A block of a spec is a function: layers are values.
let down channels =
    [ Conv2d(channels, kernel = 3, stride = 2, padding = 1); BatchNorm(); LeakyRelu(0.2) ]

let up channels =
    [ ConvTranspose2d(channels, kernel = 4, stride = 2, padding = 1); BatchNorm(); LeakyRelu(0.2) ]

let convolutional =
    SpecBuilder("convolutional")
        .Data("mnist", limit = 1000)
        .Encoder(List.collect down [ 8; 16 ] @ [ Flatten(); Linear(32, act = "relu") ])
        .Latent(4)
        .Decoder([ LinearTo([ 16; 7; 7 ], act = "relu") ] @ up 8 @ [ ConvTranspose2dAuto(kernel = 4, stride = 2, padding = 1) ])
        .Loss(Losses.Bce(logits = true), kl = Weights.Ramp(1.0, epochs = 2))
        .Train(epochs = 2, batch = 50, optimizer = Optimizers.AdamW(weightDecay = 1e-4), schedule = Schedules.Cosine(minLr = 1e-5))
        .Build()

// The same as a block, with loops and conditions.
let deep widths normalized =
    layers {
        Flatten()

        for width in widths do
            Linear(width, act = "gelu")

            if normalized then
                LayerNorm()
    }

// A spec goes through a pipeline: each method gives a changed copy, checked anew.
let dense =
    convolutional
    |> _.WithName("dense")
    |> _.WithEncoder(deep [ 64; 32 ] true)
    |> _.WithDecoder(Linear(64, act = "gelu"), LinearTo([ 1; 28; 28 ]))
    |> _.WithTrain(lr = 2e-3, epochs = 10)

printfn $"{convolutional.Describe()}"
printfn $"{dense.Describe()}"

// A search is a loop.
let data = DataSetLoader.Load dense

for beta in [ 0.5; 1.0; 4.0 ] do
    let metrics = (Trainer.Train(dense.WithBeta beta, data)).Metrics
    printfn $"""beta %.1f{beta}   reconstruction %.1f{metrics["test.reconstruction"]}   kl %.2f{metrics["test.kl"]}"""
