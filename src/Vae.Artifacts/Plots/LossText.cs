using System.Globalization;
using Vae.Dsl;

namespace Vae.Artifacts.Plots;

/// <summary>Words for a spec's loss that plots and report share.</summary>
internal static class LossText
{
    /// <summary>The reconstruction loss with its reduction: <c>mean squared error over 784 features</c>.</summary>
    public static string Describe(Spec spec)
    {
        Component reconstruction = spec.Loss.Reconstruction;
        string features = spec.Data.Shape.Size.ToString("#,0", CultureInfo.InvariantCulture);
        string name = reconstruction.Kind switch
        {
            "mse" when spec.Loss.LearnsSigma => "Gaussian negative log-likelihood",
            "mse" => "squared error",
            "bce" => "binary cross-entropy",
            "l1" => "absolute error",
            "huber" => "Huber loss",
            "gaussian" => "Gaussian negative log-likelihood",
            "laplace" => "Laplace negative log-likelihood",
            "continuous-bernoulli" => "continuous Bernoulli negative log-likelihood",
            string other => other,
        };
        return $"{name}, {(IsMean(spec) ? "mean" : "sum")} over {features} features";
    }

    /// <summary>A regularizer in words.</summary>
    public static string Name(Component term) => term.Kind switch
    {
        "tc" => "total correlation",
        "dip" => "DIP term",
        "mmd" => "MMD²",
        string other => other,
    };

    /// <summary>The whole loss as a formula: <c>reconstruction + weight · KL</c>.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="weight">The weight as a number, where it is one.</param>
    /// <param name="reconstruction">What to call the reconstruction.</param>
    public static string Formula(Spec spec, string weight = "weight", string reconstruction = "reconstruction")
    {
        string kl = spec.Loss.Capacity is not null ? "|KL − C|" : spec.Loss.FreeBits is not null ? "KL over its free bits" : "KL";
        return string.Join(" + ", [$"{reconstruction} + {weight} · {kl}", .. spec.Loss.Terms.Select(term => $"{term.Arguments.Float("weight").ToString("G4", CultureInfo.InvariantCulture)} · {term.Kind}")]);
    }

    /// <summary>Whether the loss of an example is the mean over its features.</summary>
    public static bool IsMean(Spec spec) =>
        spec.Loss.Reconstruction.Arguments.TryGetValue("reduce", out object? reduce) && reduce is "mean";
}
