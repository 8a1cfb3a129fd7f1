using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>−log Laplace(x; x̂, b) = |x − x̂| / b + log 2b, in nats.</summary>
internal sealed class LaplaceLoss(Arguments arguments) : ReconstructionLoss(arguments)
{
    private readonly double scale = arguments.Float("scale");

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction) =>
        (F.l1_loss(output, target, reduction) / scale) + Constant(Math.Log(2 * scale), target, reduction);
}
