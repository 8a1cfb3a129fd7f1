using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Where a training's random numbers come from. None is the process-wide stream, so nothing else in the process can move them.
/// </summary>
internal sealed class RandomStreams : IDisposable
{
    private readonly int seed;
    private readonly Device device;

    public RandomStreams(int seed, Device device)
    {
        this.seed = seed;
        this.device = device;
        Training = new Generator(Bits(seed));
        Noise = device.type == TorchSharp.DeviceType.CPU ? Training : new Generator(Bits(seed), device);
    }

    /// <summary>
    /// The CPU's stream of weights and of the order of examples. It starts from the seed itself, as PyTorch's does after
    /// <c>torch.manual_seed(seed)</c>, so that a PyTorch script draws the same weights.
    /// </summary>
    public Generator Training { get; }

    /// <summary>The stream of noise while training: the same one on the CPU, one of its own on another device.</summary>
    public Generator Noise { get; }

    /// <summary>
    /// A stream that always starts at the same place, whatever was drawn before: a validation split or a plot changes no weight.
    /// The caller disposes of it.
    /// </summary>
    public Generator For(Purpose purpose) => new(unchecked((Bits(seed) * 1_000_003) + (ulong)purpose), device);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!ReferenceEquals(Noise, Training))
            Noise.Dispose();
        Training.Dispose();
    }

    private static ulong Bits(int seed) => unchecked((ulong)(long)seed);

    /// <summary>What a stream is for.</summary>
    internal enum Purpose
    {
        Validation = 1,
        Test,
        PriorSamples,
        ImportanceSamples,
    }
}
