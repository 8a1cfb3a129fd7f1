using System.Globalization;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Artifacts.Report;

/// <summary>
/// The weight of the KL on the scale of an evidence lower bound: the β of a β-VAE (Higgins et al. 2017) whose reconstruction term is
/// the negative log-likelihood that the reconstruction loss stands for, so that specs with different losses can be compared.
/// </summary>
/// <param name="Value">β; the final one where the weight changes.</param>
/// <param name="Reason">How it follows from weight, loss and number of features, in sentences.</param>
public sealed record EffectiveBeta(double Value, string Reason)
{
    /// <summary>The β of a spec.</summary>
    public static EffectiveBeta Of(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        double weight = spec.Loss.KlWeight.Final;
        long features = spec.Data.Shape.Size;
        bool mean = LossText.IsMean(spec);
        string kind = spec.Loss.Reconstruction.Kind;

        // ½ (x − x̂)² is the negative log-likelihood of a normal with variance 1, up to a constant; the squared error is twice that.
        // With a learned variance it is that likelihood itself that is minimized.
        bool learned = spec.Loss.LearnsSigma, squared = kind == "mse" && !learned;
        double share = squared ? 0.5 : 1;
        double beta = weight * share * (mean ? features : 1);
        string likelihood = kind switch
        {
            "mse" when !learned => "The squared error is twice the negative log-likelihood of a Gaussian of variance 1, up to a constant.",
            "l1" => "The absolute error is the negative log-likelihood of a Laplace distribution of scale 1, up to a constant.",
            "huber" => "The Huber loss stands for a density proportional to exp(−loss).",
            "bce" when spec.Data.Binarize == Binarization.None =>
                "Binary cross-entropy is a negative log-likelihood for values 0 and 1 only: on grey data it is none, and the loss no bound on one.",
            "bce" => "Binary cross-entropy is the negative log-likelihood of the binary data.",
            _ when spec.Loss.LearnsSigma => "The reconstruction loss is the negative log-likelihood of a Gaussian whose variance is learned, in nats (σ-VAE: Rybkin et al. 2021).",
            _ => "The reconstruction loss is a negative log-likelihood in nats.",
        };
        string formula = (squared, mean) switch
        {
            (true, true) => $"Being a mean over D = {Text(features)} features, it makes the weight w count as β = w · D / 2.",
            (true, false) => "Being a sum over the features, it makes the weight w count as β = w / 2.",
            (false, true) => $"Being a mean over D = {Text(features)} features, it makes the weight w count as β = w · D.",
            (false, false) => "Being a sum over the features, it lets the weight count as β itself.",
        };
        string ramp = spec.Loss.KlWeight is WeightSpec.Ramp r
            ? $" The weight changes from {Text(r.From)} to {Text(r.To)} over {r.Unit.Describe(r.Length)}; w is its final value."
            : "";
        string bits = spec.Loss.FreeBits is double floor ? $" Each latent dimension counts at least {Text(floor)} nats, so that these are free." : "";
        string capacity = spec.Loss.Capacity is { } c ? $" What counts is the distance |KL − C| to a capacity of C = {Text(c.Final)} nats, not the KL itself." : "";
        return new EffectiveBeta(beta, $"{likelihood} {formula}{ramp}{bits}{capacity}");
    }

    /// <summary>What the learned σ of a training says; <c>null</c> where none is learned.</summary>
    internal static string? OfSigma(IReadOnlyDictionary<string, double> metrics, Spec spec) =>
        metrics.TryGetValue(MetricNames.Sigma, out double sigma) && metrics.TryGetValue(MetricNames.Beta, out double beta)
            ? $"The learned σ is {Text(sigma)}: beside a summed squared error, the KL counts 2σ²{(spec.Loss.KlWeight.Final == 1 ? "" : " · w")} = {Text(beta)}."
            : null;

    private static string Text(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);
}
