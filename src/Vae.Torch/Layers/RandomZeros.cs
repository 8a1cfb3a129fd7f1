using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>
/// Dropout while training. The framework's draws from the process-wide stream, which other work in the process would move.
/// </summary>
/// <param name="probability">The probability of a 0.</param>
/// <param name="noise">The stream.</param>
internal sealed class RandomZeros(double probability, Generator noise)
{
    /// <summary>A tensor of the same shape, some of it 0 and the rest scaled by 1/(1 − p).</summary>
    public Tensor Apply(Tensor input)
    {
        double kept = 1 - probability;
        if (kept == 1)
            return input.alias();
        if (kept == 0)
            return input * 0;
        Tensor mask = empty_like(input).bernoulli_(kept, noise).div_(kept);
        return input * mask;
    }
}
