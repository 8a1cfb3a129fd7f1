using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>
/// −log CB(x; λ) = binary cross-entropy − log C(λ), in nats: Loaiza-Ganem and Cunningham 2019, arXiv:1907.06845.
/// With the logit l of λ, C = 2 artanh(1 − 2λ) / (1 − 2λ) = l / tanh(l / 2).
/// </summary>
internal sealed class ContinuousBernoulliLoss(Arguments arguments, bool fromLogits) : ReconstructionLoss(arguments)
{
    // Within this distance of l = 0, where both sides of the fraction vanish, the series takes over.
    private const double Near = 0.1;

    // Float32 rounds λ to 0 or 1 in the far tails; their logits are infinite.
    private const double Tail = 1e-6;

    public override bool NeedsUnitInterval => true;

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction)
    {
        Tensor logits = fromLogits ? output : logit(output, Tail);
        Tensor crossEntropy = F.binary_cross_entropy_with_logits(logits, target, reduction: reduction);
        return crossEntropy - Reduce(LogNormalizer(logits), reduction);
    }

    private static Tensor LogNormalizer(Tensor logits)
    {
        // log(l / tanh(l/2)) = log 2 + l²/12 − 7 l⁴/1440 + O(l⁶), even in l.
        Tensor near = logits.abs() < Near;
        Tensor square = logits.square();
        Tensor series = Math.Log(2) + (square / 12) - (square.square() * (7.0 / 1440));
        // The branch that is not taken must stay finite too, or its gradient of 0 turns into 0 · ∞.
        Tensor safe = where(near, ones_like(logits), logits);
        return where(near, series, (safe / tanh(safe / 2)).log());
    }
}
