using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>½ e² for |e| ≤ δ, δ (|e| − ½ δ) beyond: Huber 1964, PyTorch's <c>huber_loss</c>.</summary>
internal sealed class HuberLoss(Arguments arguments) : ReconstructionLoss(arguments)
{
    private readonly double delta = arguments.Float("delta");

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.huber_loss(output, target, delta, reduction);
}
