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

    /// <summary>Whether the loss of an example is the mean over its features.</summary>
    public static bool IsMean(Spec spec) =>
        spec.Loss.Reconstruction.Arguments.TryGetValue("reduce", out object? reduce) && reduce is "mean";
}
