using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests;

/// <summary>Results of trainings that never happened.</summary>
internal static class Results
{
    public const string Fingerprint = "00ff";

    public static TrainingResult Of(Spec spec, double kl = 5.02, double seconds = 1.25) => new()
    {
        Spec = spec,
        Weights = Specs.Weights(spec),
        Curve = new Curve(
            ["epoch", "train.loss", "train.reconstruction", "train.kl", "kl.weight", "lr"],
            [[1, 0.0623, 0.0585, 3.8, 0.001, 0.002], [2, 0.0531, 0.0493, kl - 1, 0.001, 0.002], [3, 0.0512, 0.0468, kl, 0.001, 0.002]]),
        Metrics = new Dictionary<string, double>
        {
            ["train.loss"] = 0.0512,
            ["train.kl"] = kl,
            ["test.reconstruction"] = 0.1 / 3,
            ["test.kl"] = kl,
        },
        Evaluations = [],
        TrainerVersion = 1,
        Data = [new DataFileDigest("train-images", new string('b', 64)), new DataFileDigest("labels", new string('a', 64))],
        Run = new RunFacts(seconds, [0.5, 0.4, 0.35], 2, "cpu", new Dictionary<string, string> { ["torchsharp"] = "0.107.0", ["libtorch"] = "2.10.0" }),
    };
}
