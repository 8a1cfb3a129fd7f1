#!/usr/bin/env dotnet
#:project ../../src/Vae.Torch

// What code adds to a spec: networks made by functions, and a search that is a loop. Three small trainings, a line each.
// dotnet run examples/scripts/variations.cs
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Building;
using Vae.Torch;
using static Vae.Dsl.Building.Layers;

// A block of a spec is a function: layers are values.
IEnumerable<Layer> Down(int channels) =>
    [.. Conv2d(channels, kernel: 3, stride: 2, padding: 1), .. BatchNorm(), .. LeakyRelu(0.2)];

IEnumerable<Layer> Up(int channels) =>
    [.. ConvTranspose2d(channels, kernel: 4, stride: 2, padding: 1), .. BatchNorm(), .. LeakyRelu(0.2)];

Spec convolutional = new SpecBuilder("convolutional")
    .Data("mnist", limit: 1000)
    .Encoder([.. Down(8), .. Down(16), .. Flatten(), .. Linear(32, act: "relu")])
    .Latent(4)
    .Decoder([.. LinearTo([16, 7, 7], act: "relu"), .. Up(8), .. ConvTranspose2dAuto(kernel: 4, stride: 2, padding: 1)])
    .Loss(Losses.Bce(logits: true), kl: Weights.Ramp(1, epochs: 2))
    .Train(epochs: 2, batch: 50, optimizer: Optimizers.AdamW(weightDecay: 1e-4), schedule: Schedules.Cosine(minLr: 1e-5))
    .Build();

// The same with loops and conditions.
IEnumerable<Layer> Deep(IEnumerable<int> widths, bool normalized) =>
    [.. Flatten(), .. widths.SelectMany(width => Linear(width, act: "gelu").Concat(normalized ? LayerNorm() : []))];

// Each method gives a changed copy, checked anew.
Spec dense = convolutional
    .WithName("dense")
    .WithEncoder(Deep([64, 32], normalized: true))
    .WithDecoder(Linear(64, act: "gelu"), LinearTo([1, 28, 28]))
    .WithTrain(lr: 2e-3, epochs: 10);

Console.WriteLine(convolutional.Describe());
Console.WriteLine(dense.Describe());

// A search is a loop.
DataSet data = DataSetLoader.Load(dense);
foreach (double beta in (double[])[0.5, 1, 4])
{
    IReadOnlyDictionary<string, double> metrics = Trainer.Train(dense.WithBeta(beta), data).Metrics;
    Console.WriteLine(FormattableString.Invariant($"beta {beta:F1}   reconstruction {metrics["test.reconstruction"]:F1}   kl {metrics["test.kl"]:F2}"));
}
