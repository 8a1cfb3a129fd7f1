namespace Vae.Dsl.Results;

/// <summary>
/// Something to be computed with the trained model. Plots say what they need in these terms before the model is gone;
/// the interpreter answers with plain arrays, and never knows who asked. Equal requests are answered once.
/// </summary>
public abstract record EvaluationRequest
{
    private EvaluationRequest()
    {
    }

    /// <summary>Posterior parameters. Arrays: <c>mu</c> and <c>logvar</c> [n,z], <c>labels</c> [n] where the data has labels.</summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Limit">At most so many examples, the first of the split.</param>
    public sealed record Codes(string Split, int Limit = 10_000) : EvaluationRequest;

    /// <summary>Examples and their reconstructions from mu. Arrays: <c>original</c> and <c>decoded</c> [n, …data shape], <c>labels</c> [n].</summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Count">How many: the first of the split, one of each label in turn where there are labels.</param>
    public sealed record Reconstructions(string Split, int Count) : EvaluationRequest;

    /// <summary>
    /// Decoded draws from the prior, seeded; of a model with a condition, with each label in turn. Arrays: <c>z</c> [n,z] and
    /// <c>decoded</c> [n, …data shape]; with a condition <c>labels</c> [n].
    /// </summary>
    public sealed record PriorSamples(int Count) : EvaluationRequest;

    /// <summary>
    /// The same draws from the prior decoded with every label, label by label, of a model with a condition. Arrays: <c>z</c>
    /// [classes·each, z], <c>decoded</c> [classes·each, …data shape], <c>labels</c> [classes·each].
    /// </summary>
    /// <param name="Each">How many draws.</param>
    public sealed record LabelSamples(int Each) : EvaluationRequest;

    /// <summary>
    /// A grid over two latent dimensions (the others 0), decoded: Φ⁻¹ of <paramref name="Steps"/> equally spaced probabilities from
    /// <paramref name="Low"/> to 1−<paramref name="Low"/>, rows from the top (largest second coordinate) to the bottom.
    /// Arrays: <c>z</c> [n²,z] and <c>decoded</c> [n², …data shape]; with a condition <c>labels</c> [n²].
    /// </summary>
    /// <param name="Steps">Codes a side.</param>
    /// <param name="Low">The smallest probability.</param>
    /// <param name="Label">What all are decoded with, where the model has a condition; <c>null</c> for label 0.</param>
    public sealed record Manifold(int Steps, double Low = 0.05, int? Label = null) : EvaluationRequest;
}
