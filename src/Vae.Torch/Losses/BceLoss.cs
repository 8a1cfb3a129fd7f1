using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>
/// Binary cross-entropy −Σ x log x̂ + (1 − x) log(1 − x̂), nats for binary x. From logits l it is Σ log(1 + eˡ) − x l, which is exact
/// where the sigmoid saturates, and at 784 pixels five times faster than from probabilities.
/// </summary>
internal sealed class BceLoss(Arguments arguments, bool fromLogits) : ReconstructionLoss(arguments)
{
    public override bool NeedsUnitInterval => true;

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction) => fromLogits
        ? F.binary_cross_entropy_with_logits(output, target, reduction: reduction)
        : F.binary_cross_entropy(output, target, reduction: reduction);
}
