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
    /// <param name="Count">How many: the first of the split, one of each label in turn where there are labels; windows of a series, spread evenly over it.</param>
    public sealed record Reconstructions(string Split, int Count) : EvaluationRequest;

    /// <summary>
    /// The examples of a split whose reconstructions from mu are the farthest from them, the worst first. Arrays: <c>original</c> and
    /// <c>decoded</c> [n, …data shape]; <c>error</c> [n], the mean over the features of (x − x̂)²; <c>index</c> [n], where each lies in the
    /// split, from 0; <c>labels</c> [n] where the data has labels.
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Count">How many.</param>
    public sealed record WorstReconstructions(string Split, int Count) : EvaluationRequest;

    /// <summary>
    /// How far values reach: of a split's examples, and of their reconstructions from mu. Arrays: <c>original</c> and <c>decoded</c> [2], the
    /// smallest and the largest.
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Limit">At most so many examples, the first of the split.</param>
    public sealed record Ranges(string Split, int Limit) : EvaluationRequest;

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

    /// <summary>
    /// Statistics of each latent dimension over a whole split. Arrays: <c>kl</c> [z], the mean of ½ (σ² + μ² − 1 − log σ²);
    /// <c>variance</c> [z], that of μ over the examples; <c>count</c> [1], how many examples there were.
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public sealed record LatentStatistics(string Split) : EvaluationRequest;

    /// <summary>
    /// Codes that differ from one start in one dimension, decoded. A row is a dimension, those with the largest mean KL over the split
    /// first; its steps are equally spaced from −<paramref name="Range"/> to <paramref name="Range"/>. Arrays: <c>z</c> [rows·steps, z]
    /// and <c>decoded</c> [rows·steps, …data shape]; <c>dimensions</c> [rows], counted from 0, and their <c>kl</c> [rows]; <c>start</c> [1,z];
    /// with a condition <c>labels</c> [rows·steps].
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Dimensions">At most so many rows.</param>
    /// <param name="Steps">Codes a row.</param>
    /// <param name="Range">Half the length of a row.</param>
    /// <param name="Example">The example of the split, from 0, whose μ is the start; <c>null</c> for a start at 0.</param>
    /// <param name="Label">What all are decoded with, where the model has a condition; <c>null</c> for the example's own, or for 0 without one.</param>
    public sealed record Traversal(string Split, int Dimensions, int Steps, double Range, int? Example, int? Label = null) : EvaluationRequest;

    /// <summary>
    /// Codes on the straight lines between the μ of two examples, both ends included, decoded. Arrays: <c>original</c> [2n, …data shape]
    /// with the two of a pair next to each other, <c>decoded</c> [n·steps, …data shape]. The examples are one of each label in turn, or,
    /// without labels, spread evenly over the split; a split of fewer than 2n gives fewer pairs. Of a model with a condition, the two of a
    /// pair have one label, which the line between them is decoded with.
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Count">How many pairs n.</param>
    /// <param name="Steps">Codes a pair.</param>
    public sealed record Interpolations(string Split, int Count, int Steps) : EvaluationRequest;

    /// <summary>
    /// Examples spread evenly over a split and their reconstructions from mu: neighbouring windows of a series show the same.
    /// Arrays: <c>original</c> and <c>decoded</c> [n, …data shape], <c>index</c> [n], where each lies in the split, from 0; <c>count</c> [1],
    /// how many examples the split has.
    /// </summary>
    /// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="Count">At most so many.</param>
    public sealed record Windows(string Split, int Count) : EvaluationRequest;

    /// <summary>
    /// What goes into both networks and comes out of them, in their own numbers and 32 bits, to compare an export with. Arrays: <c>x</c>
    /// [n, …data shape], examples spread evenly over the training split, with their <c>mu</c> and <c>logvar</c> [n,z]; <c>z</c> [n,z], draws
    /// from the prior, with what is <c>decoded</c> from them [n, …data shape]; with a condition <c>labels</c> [n], the same for both.
    /// </summary>
    /// <param name="Count">At most so many.</param>
    public sealed record Probe(int Count) : EvaluationRequest;
}
