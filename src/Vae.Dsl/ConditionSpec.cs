using Vae.Dsl.Catalogue;

namespace Vae.Dsl;

/// <summary>
/// What the networks are told besides data and code, where a layer <c>concat: label</c> joins it: the label of each example.
/// Both posterior and decoder then depend on it (the conditional VAE of Sohn, Lee and Yan 2015); the prior stays standard normal.
/// </summary>
/// <param name="Kind">One-hot, or a trained embedding.</param>
/// <param name="Classes">How many labels there are, from 0.</param>
/// <param name="Size">How many numbers a label becomes: the classes where it is one-hot.</param>
public sealed record ConditionSpec(ConditionKind Kind, int Classes, int Size)
{
    /// <summary>The table of an embedding, <c>condition.weight</c> [classes, size], initialised as PyTorch's <c>nn.Embedding</c>; nothing where the label is one-hot.</summary>
    public IEnumerable<WeightDefinition> Weights =>
        Kind == ConditionKind.Embedding ? [new WeightDefinition("weight", [Classes, Size], new Initializer.Normal(1))] : [];
}
