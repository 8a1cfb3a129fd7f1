using Vae.Dsl;
using Vae.Torch.Losses;
using Vae.Torch.Losses.Terms;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The spec's loss over its network: which of the decoder's layers the loss sees, and what values the decoder stands for.</summary>
internal sealed class Objective
{
    private readonly VaeNetwork network;
    private readonly double? freeBits;
    private readonly LossTerm[] terms;
    private readonly int withoutLast;
    private readonly bool decodesLogits;

    public Objective(Spec spec, VaeNetwork network)
    {
        this.network = network;
        Component loss = spec.Loss.Reconstruction;
        decodesLogits = ReconstructionLosses.SaysLogits(loss);

        // A sigmoid at the end and a loss that can take logits: the loss takes them, which is the same number, exact where the
        // sigmoid saturates, and far cheaper than logarithms of probabilities.
        bool sigmoidAtEnd = spec.Decoder.Layers.Count > 0 && spec.Decoder.Layers[^1].Kind == "sigmoid";
        bool shortcut = !decodesLogits && ReconstructionLosses.TakesLogits(loss) && sigmoidAtEnd;
        withoutLast = shortcut ? 1 : 0;
        Reconstruction = ReconstructionLosses.Create(loss, fromLogits: decodesLogits || shortcut, network.LogSigma);
        freeBits = spec.Loss.FreeBits;
        terms = [.. spec.Loss.Terms.Select(LossTerms.Create)];
    }

    /// <summary>The reconstruction loss.</summary>
    public ReconstructionLoss Reconstruction { get; }

    /// <summary>The parts of the loss for a batch, before their weights.</summary>
    /// <param name="batch">The data, <c>[n, …shape]</c>.</param>
    /// <param name="noise">Standard normal numbers, <c>[n, z]</c>.</param>
    /// <param name="population">How many examples there are in the split that the batch was drawn from.</param>
    /// <param name="draws">What terms draw from, once the noise is drawn.</param>
    /// <param name="labels">The examples' labels <c>[n]</c>; <c>null</c> for a model without a condition.</param>
    public BatchLosses Forward(Tensor batch, Tensor noise, int population, Generator draws, Tensor? labels = null)
    {
        Tensor? label = network.Label(labels);
        DiagonalGaussian posterior = network.Encode(batch, label);
        Tensor codes = posterior.Sample(noise);
        Tensor reconstruction = ReconstructionFrom(codes, batch, label);
        Tensor? floored = freeBits is double floor ? Floored(posterior, floor) : null;
        return new BatchLosses(reconstruction, GaussianKl.Forward(posterior), floored, Terms(new CodeBatch(posterior, codes, population, draws)))
        {
            LogVariance = posterior.LogVariance,
        };
    }

    /// <summary>
    /// Σ max(λ, KL_d) over the dimensions, KL_d the mean over the batch: Kingma et al. 2016, arXiv:1606.04934, appendix C. A dimension below
    /// its λ has no gradient.
    /// </summary>
    public static Tensor Floored(DiagonalGaussian posterior, double floor) => GaussianKl.ByDimension(posterior).clamp(min: floor).sum();

    /// <summary>The regularizers of a batch, in the spec's order.</summary>
    public Tensor[] Terms(CodeBatch codes) => terms.Length == 0 ? [] : Array.ConvertAll(terms, term => term.Forward(codes));

    /// <summary>The reconstruction term from given codes <c>[n, z]</c>, with what <see cref="VaeNetwork.Label"/> makes of their labels.</summary>
    public Tensor ReconstructionFrom(Tensor codes, Tensor batch, Tensor? label = null) => Reconstruction.Forward(network.Decode(codes, label, withoutLast), batch);

    /// <summary>−log p(x|z) of each example <c>[n]</c>, in nats, where the reconstruction loss is a likelihood.</summary>
    public Tensor NegativeLogLikelihood(Tensor codes, Tensor batch, Tensor? label) => Reconstruction.ByExample(network.Decode(codes, label, withoutLast), batch);

    /// <summary>
    /// What codes <c>[n, z]</c> stand for, <c>[n, …shape]</c>, in the data's own values: logits have gone through the sigmoid. With what
    /// <see cref="VaeNetwork.Label"/> makes of their labels.
    /// </summary>
    public Tensor Values(Tensor codes, Tensor? label = null)
    {
        Tensor output = network.Decode(codes, label);
        return decodesLogits ? output.sigmoid() : output;
    }
}
