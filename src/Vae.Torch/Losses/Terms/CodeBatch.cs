using static TorchSharp.torch;

namespace Vae.Torch.Losses.Terms;

/// <summary>What a regularizer sees of a batch.</summary>
/// <param name="Posterior">The posteriors of the examples, <c>[n, z]</c>.</param>
/// <param name="Codes">A draw from each, <c>[n, z]</c>.</param>
/// <param name="Population">How many examples there are in the split that the batch was drawn from.</param>
/// <param name="Noise">A stream to draw from.</param>
internal sealed record CodeBatch(DiagonalGaussian Posterior, Tensor Codes, int Population, Generator Noise)
{
    /// <summary>How many examples the batch has.</summary>
    public long Count => Codes.size(0);
}
