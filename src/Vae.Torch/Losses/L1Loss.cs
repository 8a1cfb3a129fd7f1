using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>Absolute error: Σ |x − x̂|.</summary>
internal sealed class L1Loss(Arguments arguments) : ReconstructionLoss(arguments)
{
    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.l1_loss(output, target, reduction);
}
