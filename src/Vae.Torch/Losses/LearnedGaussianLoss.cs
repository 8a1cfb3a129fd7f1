using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Losses;

/// <summary>
/// −log N(x; x̂, σ²), in nats, with one σ for all features that is a parameter: σ-VAE, Rybkin et al. 2021, arXiv:2006.13202, whose soft
/// clip log σ = −6 + log(1 + exp(s + 6)) keeps σ from vanishing. The best σ² is the mean squared error, and the gradient of the whole is that of a
/// squared error beside a KL of weight 2σ².
/// </summary>
internal sealed class LearnedGaussianLoss(Arguments arguments, Tensor logSigma) : ReconstructionLoss(arguments)
{
    private const double Lowest = -6;

    /// <summary>log σ of the parameter.</summary>
    public static Tensor LogSigma(Tensor parameter) => F.softplus(parameter - Lowest) + Lowest;

    protected override Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction)
    {
        Tensor log = LogSigma(logSigma);
        Tensor error = F.mse_loss(output, target, reduction) * 0.5 * (log * -2).exp();
        return error + ((log + (0.5 * Math.Log(2 * Math.PI))) * Constant(1, target, reduction));
    }
}
