using Vae.Dsl;
using Vae.Torch.Losses;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The spec's loss over its network: which of the decoder's layers the loss sees, and what values the decoder stands for.</summary>
internal sealed class Objective
{
    private readonly VaeNetwork network;
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
        Reconstruction = ReconstructionLosses.Create(loss, fromLogits: decodesLogits || shortcut);
    }

    /// <summary>The reconstruction loss.</summary>
    public ReconstructionLoss Reconstruction { get; }

    /// <summary>Both terms for a batch, scalars, before the weight.</summary>
    /// <param name="batch">The data, <c>[n, …shape]</c>.</param>
    /// <param name="noise">Standard normal numbers, <c>[n, z]</c>.</param>
    /// <param name="labels">The examples' labels <c>[n]</c>; <c>null</c> for a model without a condition.</param>
    public (Tensor Reconstruction, Tensor Kl) Forward(Tensor batch, Tensor noise, Tensor? labels = null)
    {
        Tensor? label = network.Label(labels);
        DiagonalGaussian posterior = network.Encode(batch, label);
        Tensor reconstruction = ReconstructionFrom(posterior.Sample(noise), batch, label);
        return (reconstruction, GaussianKl.Forward(posterior));
    }

    /// <summary>The reconstruction term from given codes <c>[n, z]</c>, with what <see cref="VaeNetwork.Label"/> makes of their labels.</summary>
    public Tensor ReconstructionFrom(Tensor codes, Tensor batch, Tensor? label = null) => Reconstruction.Forward(network.Decode(codes, label, withoutLast), batch);

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
