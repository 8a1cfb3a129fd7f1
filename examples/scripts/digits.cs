#!/usr/bin/env dotnet
#:project ../../src/Vae.Torch
#:project ../../src/Vae.Artifacts

// An experiment as a C# file: write a spec, check it, train it, draw the latent space, sample.
// dotnet run examples/scripts/digits.cs
using System.Globalization;
using Vae.Artifacts;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Building;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;
using static Vae.Dsl.Building.Layers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Write.
SpecBuilder digits = new SpecBuilder("digits")
    .Data("mnist", shape: [784], limit: 2000)
    .Encoder(Linear(128, act: "relu"))
    .Latent(2)
    .Decoder(Linear(128, act: "relu"), LinearAuto(act: "sigmoid"))
    .Loss("bce", kl: 1)
    .Train(epochs: 20, batch: 50, optimizer: Optimizers.Adam(beta1: 0.9), lr: 2e-3)
    .Artifacts(plots: [Plots.Loss(), Plots.LatentScatter(limit: 2000), Plots.Samples(count: 10)]);

// Check.
SpecLoadResult checkedDigits = digits.Check();
foreach (Diagnostic diagnostic in checkedDigits.Diagnostics)
    Console.Error.WriteLine(diagnostic);
if (checkedDigits.Spec is not { } spec)
    return 1;
Console.WriteLine(spec.Describe());

// The same mistakes as in a file, at the call's argument.
foreach (Diagnostic diagnostic in digits.Latent(0).Train(epochs: 20, lr: -1).Check().Diagnostics)
    Console.WriteLine(diagnostic);

// Train, and leave behind what 'vae train' would, with a spec that the build can train.
DataSet data = DataSetLoader.Load(spec);
TrainingResult result = Trainer.Train(spec, data, new TrainOptions { Requests = ArtifactWriter.RequestsFor(spec) });
ArtifactWriter.Write(result, "artifacts/digits");
File.WriteAllText("artifacts/digits.vae.yaml", spec.ToYaml());
foreach ((string name, double value) in result.Metrics)
    Console.WriteLine($"{name,-24} {value:F2}");

// Draw the latent space. The picture is artifacts/digits/plots/latent-scatter.png; here, each test digit stands where its mean lies.
Evaluation codes = result.Evaluation(new EvaluationRequest.Codes("test", 2000));
float[] means = codes.Get("mu").Values, labels = codes.Get("labels").Values;
char[][] map = [.. Enumerable.Range(0, 21).Select(_ => Enumerable.Repeat(' ', 61).ToArray())];
for (int i = 0; i < labels.Length; i++)
{
    int column = (int)MathF.Round(30 + (10 * means[2 * i])), row = (int)MathF.Round(10 - (3.5f * means[(2 * i) + 1]));
    if (column is >= 0 and <= 60 && row is >= 0 and <= 20)
        map[row][column] = (char)('0' + (int)labels[i]);
}

foreach (char[] row in map)
    Console.WriteLine(new string(row).TrimEnd());

// Sample: codes from the prior, decoded by the model that was written.
TrainedModel trained = TrainedModel.Read("artifacts/digits");
using VaeModel model = VaeModel.Load(trained.Spec, trained.Weights);
float[] samples = model.Sample(4, seed: 1);
for (int y = 0; y < 28; y += 2)
{
    IEnumerable<char> line = Enumerable.Range(0, 4).SelectMany(sample => Enumerable.Range(0, 28).Select(x => samples[(sample * 784) + (y * 28) + x] > 0.5f ? '#' : ' '));
    Console.WriteLine(string.Concat(line).TrimEnd());
}

return 0;
