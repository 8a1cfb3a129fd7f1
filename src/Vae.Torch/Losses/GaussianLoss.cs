using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>−log N(x; x̂, σ²) = (x − x̂)² / 2σ² + log σ + ½ log 2π, in nats.</summary>
internal sealed class GaussianLoss(Arguments arguments) : ReconstructionLoss(arguments)
{
    private readonly double sigma = arguments.Float("sigma");

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction)
    {
        double normalizer = Math.Log(sigma) + (0.5 * Math.Log(2 * Math.PI));
        return (F.mse_loss(output, target, reduction) * (0.5 / (sigma * sigma))) + Constant(normalizer, target, reduction);
    }
}
