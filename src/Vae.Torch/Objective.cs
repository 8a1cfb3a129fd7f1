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
    public (Tensor Reconstruction, Tensor Kl) Forward(Tensor batch, Tensor noise)
    {
        DiagonalGaussian posterior = network.Encode(batch);
        Tensor reconstruction = ReconstructionFrom(posterior.Sample(noise), batch);
        return (reconstruction, GaussianKl.Forward(posterior));
    }

    /// <summary>The reconstruction term from given codes <c>[n, z]</c>.</summary>
    public Tensor ReconstructionFrom(Tensor codes, Tensor batch) => Reconstruction.Forward(network.Decode(codes, withoutLast), batch);

    /// <summary>What codes <c>[n, z]</c> stand for, <c>[n, …shape]</c>, in the data's own values: logits have gone through the sigmoid.</summary>
    public Tensor Values(Tensor codes)
    {
        Tensor output = network.Decode(codes);
        return decodesLogits ? output.sigmoid() : output;
    }
}
