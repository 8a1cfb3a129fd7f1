namespace Vae.Dsl.Results;

/// <summary>What varies from run to run and machine to machine, and is therefore no part of a fingerprint or a snapshot.</summary>
/// <param name="Seconds">Wall time of the training, without loading and evaluation.</param>
/// <param name="EpochSeconds">Wall time of each epoch.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Libraries">Versions by name: <c>torchsharp</c>, <c>libtorch</c>.</param>
public sealed record RunFacts(double Seconds, IReadOnlyList<double> EpochSeconds, int Threads, string Device, IReadOnlyDictionary<string, string> Libraries)
{
    /// <summary>
    /// How far the ONNX models are from the trained network at most, relative to the largest number of what comes out; <c>null</c> where they
    /// were not compared.
    /// </summary>
    public double? OnnxDifference { get; init; }
}
