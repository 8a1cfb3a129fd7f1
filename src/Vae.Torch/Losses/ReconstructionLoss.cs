using TorchSharp;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>
/// A reconstruction loss as an object of its own: it knows no network. The loss of one example is the sum of its features' losses, or
/// their mean where the spec says <c>reduce: mean</c>; the loss of a batch is the mean over its examples.
/// </summary>
internal abstract class ReconstructionLoss
{
    private readonly bool meanOverFeatures;

    protected ReconstructionLoss(Arguments arguments)
    {
        Arguments = arguments;
        meanOverFeatures = arguments.Text("reduce") == "mean";
    }

    /// <summary>Whether data outside 0..1 has no meaning to it.</summary>
    public virtual bool NeedsUnitInterval => false;

    protected Arguments Arguments { get; }

    /// <summary>The mean loss of a batch of at least one example, a scalar.</summary>
    /// <param name="output">What the decoder gives, <c>[n, …shape]</c>: values, or logits where the loss applies the sigmoid itself.</param>
    /// <param name="target">The data, of the same shape.</param>
    public Tensor Forward(Tensor output, Tensor target)
    {
        // With the mean over features, the mean over everything is the mean over examples: one division, as in PyTorch's own losses.
        if (meanOverFeatures)
            return Elements(output, target, nn.Reduction.Mean);
        return Elements(output, target, nn.Reduction.Sum) / (double)target.size(0);
    }

    /// <summary>The loss of each example <c>[n]</c>, always summed over the features: −log p(x|z) where the loss is a likelihood.</summary>
    /// <param name="output">What the decoder gives, <c>[n, …shape]</c>.</param>
    /// <param name="target">The data, of the same shape.</param>
    public Tensor ByExample(Tensor output, Tensor target) => Elements(output, target, nn.Reduction.None).flatten(1).sum(1);

    /// <summary>The features' losses, each by itself, or summed or averaged over all of the batch.</summary>
    protected abstract Tensor Elements(Tensor output, Tensor target, nn.Reduction reduction);

    /// <summary>A constant a feature, under the same reduction.</summary>
    protected static double Constant(double value, Tensor target, nn.Reduction reduction) =>
        reduction == nn.Reduction.Sum ? value * target.numel() : value;

    protected static Tensor Reduce(Tensor elements, nn.Reduction reduction) => reduction switch
    {
        nn.Reduction.Mean => elements.mean(),
        nn.Reduction.Sum => elements.sum(),
        _ => elements,
    };
}
