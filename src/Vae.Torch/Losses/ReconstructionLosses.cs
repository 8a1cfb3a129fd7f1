using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>Every reconstruction loss by its row's name. A new one is a file here and a line in the table.</summary>
internal static class ReconstructionLosses
{
    private static readonly Dictionary<string, Func<Arguments, bool, ReconstructionLoss>> Rows = new(StringComparer.Ordinal)
    {
        ["bce"] = (arguments, fromLogits) => new BceLoss(arguments, fromLogits),
        ["continuous-bernoulli"] = (arguments, fromLogits) => new ContinuousBernoulliLoss(arguments, fromLogits),
        ["gaussian"] = (arguments, _) => new GaussianLoss(arguments),
        ["huber"] = (arguments, _) => new HuberLoss(arguments),
        ["l1"] = (arguments, _) => new L1Loss(arguments),
        ["laplace"] = (arguments, _) => new LaplaceLoss(arguments),
        ["mse"] = (arguments, _) => new MseLoss(arguments),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>Whether the spec says that the decoder's output are logits.</summary>
    public static bool SaysLogits(Component loss) => loss.Arguments.TryGetValue("logits", out object? logits) && (bool)logits;

    /// <summary>Whether the loss has a form that takes logits.</summary>
    public static bool TakesLogits(Component loss) => loss.Arguments.ContainsKey("logits");

    /// <summary>The loss as the spec writes it, or its form on logits.</summary>
    /// <param name="loss">What the spec says.</param>
    /// <param name="fromLogits">Whether what the decoder gives are logits.</param>
    /// <param name="logSigma">The parameter behind σ where that is learned; the squared error is then its likelihood.</param>
    public static ReconstructionLoss Create(Component loss, bool fromLogits, Tensor? logSigma = null) =>
        logSigma is null ? Rows[loss.Kind](loss.Arguments, fromLogits) : new LearnedGaussianLoss(loss.Arguments, logSigma);
}
