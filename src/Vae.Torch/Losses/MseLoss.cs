using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>Squared error: Σ (x − x̂)².</summary>
internal sealed class MseLoss(Arguments arguments) : ReconstructionLoss(arguments)
{
    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.mse_loss(output, target, reduction);
}
