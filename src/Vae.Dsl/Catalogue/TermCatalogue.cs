namespace Vae.Dsl.Catalogue;

/// <summary>
/// Regularizers beside the KL. A new one is a row here and a file under <c>Losses/Terms</c> in Vae.Torch. Every row has the argument
/// <c>weight</c>; what the curve shows under the row's name is the term before its weight.
/// </summary>
public static class TermCatalogue
{
    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "term",
        new ComponentKind(
            "tc",
            "Total correlation KL(q(z) ‖ Π q(z_d)) of the aggregate posterior: β-TCVAE, Chen et al. 2018, arXiv:1802.04942. With kl: 1, a weight of β − 1 is the paper's β.",
            [
                Weight("The weight of the total correlation."),
                new Argument("estimator", ArgumentType.Text, "How q(z) is estimated from a batch: by minibatch-stratified or minibatch-weighted sampling. The latter is off by a constant.")
                {
                    Default = "stratified",
                    Choices = ["stratified", "weighted"],
                },
            ],
            main: "weight"),
        new ComponentKind(
            "dip",
            "Σ cov_ij² over i ≠ j + diagonal · Σ (cov_ii − 1)² of the codes' covariance: DIP-VAE, Kumar et al. 2018, arXiv:1711.00848. The weight is the paper's λ_od.",
            [
                Weight("The weight of the whole term; the paper's λ_od."),
                new Argument("variant", ArgumentType.Text, "Whose covariance: of the posterior means (DIP-VAE-I), or of the sampled codes (DIP-VAE-II).") { Default = "ii", Choices = ["i", "ii"] },
                new Argument("diagonal", ArgumentType.Float, "What the diagonal counts beside the rest, λ_d / λ_od; the paper takes 10 for type i and 1 for type ii.") { Default = 1.0, Min = 0 },
            ],
            main: "weight"),
        new ComponentKind(
            "mmd",
            "Squared maximum mean discrepancy between aggregate posterior and prior: InfoVAE, Zhao et al. 2019, arXiv:1706.02262; Gretton et al. 2012.",
            [
                Weight("The weight of the discrepancy."),
                new Argument("kernel", ArgumentType.Text, "With C = 2 · dim · bandwidth²: exp(−r²/C), or the inverse multiquadric C / (C + r²) of Tolstikhin et al. 2018, arXiv:1711.01558.") { Default = "rbf", Choices = ["rbf", "imq"] },
                new Argument("bandwidth", ArgumentType.Float, "The kernel's width in standard deviations of the prior.") { Default = 1.0, Min = 0, MinExclusive = true },
            ],
            main: "weight"));

    private static Argument Weight(string help) => new("weight", ArgumentType.Float, help) { Required = true, Min = 0, MinExclusive = true };
}
