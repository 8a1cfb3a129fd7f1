using Vae.Dsl.Catalogue;

namespace Vae.Dsl;

/// <summary>
/// What is minimized: reconstruction + weight · KL + Σ weight · term, each per example (summed over features and latent dimensions,
/// unless the reconstruction says <c>reduce: mean</c>) and averaged over the batch.
/// </summary>
/// <param name="Reconstruction">A row of the loss catalogue; its argument <c>reduce</c> is <c>sum</c> or <c>mean</c>.</param>
/// <param name="KlWeight">β, or how it runs over the training.</param>
public sealed record LossSpec(Component Reconstruction, WeightSpec KlWeight)
{
    private static readonly WeightDefinition LogSigma = new("log_sigma", [], new Initializer.Constant(0));

    /// <summary>
    /// λ, in nats: each latent dimension's KL counts at least so much, so that the first λ cost nothing (Kingma et al. 2016,
    /// arXiv:1606.04934); or <c>null</c>.
    /// </summary>
    public double? FreeBits { get; init; }

    /// <summary>
    /// C, in nats: in the place of the KL stands |KL − C| (Burgess et al. 2018, arXiv:1804.03599), a number or a ramp; or <c>null</c>.
    /// </summary>
    public WeightSpec? Capacity { get; init; }

    /// <summary>Rows of the catalogue of terms, each kind at most once. Their argument <c>weight</c> is what they count.</summary>
    public ValueList<Component> Terms { get; init; } = [];

    /// <summary>Whether the standard deviation of a Gaussian reconstruction is a parameter of the model.</summary>
    public bool LearnsSigma => KlWeight is WeightSpec.Learned || Reconstruction.Arguments.IsWord("sigma", "learned");

    /// <summary>The arrays that the loss keeps, in the state dict under <c>loss.</c>: <c>log_sigma</c> where σ is learned.</summary>
    public IEnumerable<WeightDefinition> Weights => LearnsSigma ? [LogSigma] : [];
}
