using static TorchSharp.torch;

namespace Vae.Torch.Losses.Terms;

/// <summary>A regularizer as an object of its own: it knows no network and not its own weight.</summary>
internal abstract class LossTerm
{
    /// <summary>The term of a batch, a scalar. A single example has nothing to be compared with: 0.</summary>
    public Tensor Forward(CodeBatch batch) => batch.Count < 2 ? zeros_like(batch.Codes).sum() : Value(batch);

    /// <summary>The term of a batch of at least two.</summary>
    protected abstract Tensor Value(CodeBatch batch);
}
