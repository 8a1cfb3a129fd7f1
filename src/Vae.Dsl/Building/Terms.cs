namespace Vae.Dsl.Building;

/// <summary>Regularizers beside the KL, each with its weight. What is <c>null</c> takes the catalogue's default.</summary>
public static class Terms
{
    /// <summary>Total correlation of the aggregate posterior: β-TCVAE, Chen et al. 2018, arXiv:1802.04942.</summary>
    public static Component Tc(double weight, string? estimator = null) => ComponentCall.Written("Terms.Tc", "tc", ("weight", weight), ("estimator", estimator));

    /// <summary>The codes' covariance drawn to the identity: DIP-VAE, Kumar et al. 2018, arXiv:1711.00848.</summary>
    public static Component Dip(double weight, string? variant = null, double? diagonal = null) =>
        ComponentCall.Written("Terms.Dip", "dip", ("weight", weight), ("variant", variant), ("diagonal", diagonal));

    /// <summary>Squared maximum mean discrepancy between codes and prior: InfoVAE, Zhao et al. 2019, arXiv:1706.02262.</summary>
    public static Component Mmd(double weight, string? kernel = null, double? bandwidth = null) =>
        ComponentCall.Written("Terms.Mmd", "mmd", ("weight", weight), ("kernel", kernel), ("bandwidth", bandwidth));
}
