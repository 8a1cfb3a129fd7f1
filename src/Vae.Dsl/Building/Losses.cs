namespace Vae.Dsl.Building;

/// <summary>
/// The reconstruction losses of the language. What is <c>null</c> takes the catalogue's default; <c>reduce</c> is <c>sum</c> or
/// <c>mean</c> over the features of an example.
/// </summary>
public static class Losses
{
    /// <summary>Squared error.</summary>
    public static Component Mse(string? reduce = null) => ComponentCall.Written("Losses.Mse", "mse", ("reduce", reduce));

    /// <summary>Binary cross-entropy.</summary>
    public static Component Bce(bool? logits = null, string? reduce = null) => ComponentCall.Written("Losses.Bce", "bce", ("logits", logits), ("reduce", reduce));

    /// <summary>Absolute error.</summary>
    public static Component L1(string? reduce = null) => ComponentCall.Written("Losses.L1", "l1", ("reduce", reduce));

    /// <summary>Half the squared error up to delta, linear beyond: Huber 1964.</summary>
    public static Component Huber(double? delta = null, string? reduce = null) => ComponentCall.Written("Losses.Huber", "huber", ("delta", delta), ("reduce", reduce));

    /// <summary>
    /// Negative log-likelihood of a normal distribution whose deviation is a parameter of the model, in nats: Rybkin et al. 2021,
    /// arXiv:2006.13202. With a KL weight of 1 it is what <see cref="Weights.Learned"/> asks for.
    /// </summary>
    public static Component LearnedGaussian => ComponentCall.Written("Losses.LearnedGaussian", "gaussian", ("sigma", "learned"));

    /// <summary>Negative log-likelihood of a normal distribution, in nats.</summary>
    public static Component Gaussian(double? sigma = null, string? reduce = null) => ComponentCall.Written("Losses.Gaussian", "gaussian", ("sigma", sigma), ("reduce", reduce));

    /// <summary>Negative log-likelihood of a Laplace distribution, in nats.</summary>
    public static Component Laplace(double? scale = null, string? reduce = null) => ComponentCall.Written("Losses.Laplace", "laplace", ("scale", scale), ("reduce", reduce));

    /// <summary>Negative log-likelihood of the continuous Bernoulli, in nats: Loaiza-Ganem and Cunningham 2019, arXiv:1907.06845.</summary>
    public static Component ContinuousBernoulli(bool? logits = null, string? reduce = null) =>
        ComponentCall.Written("Losses.ContinuousBernoulli", "continuous-bernoulli", ("logits", logits), ("reduce", reduce));
}
