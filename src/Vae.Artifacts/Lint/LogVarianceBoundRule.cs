using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>Codes whose log-variance lies at a bound of its clamp, or, without one, so low that the noise is of no account.</summary>
internal sealed class LogVarianceBoundRule : ILintRule
{
    // A few examples at the bound are what it is for.
    private const double MostAtBound = 0.05;

    // σ = 0.0025: what the decoder sees is μ.
    private const double LowestMean = -12;

    public Finding? Check(LintSubject subject)
    {
        if (subject.Codes is not { } codes)
            return null;
        float[] values = codes.Get("logvar").Values;
        int dimensions = subject.Spec.Latent.Dim;
        if (values.Length == 0)
            return null;
        if (subject.Spec.Latent.LogVarianceClamp is Interval clamp)
        {
            int atLow = values.Count(value => value <= (float)clamp.Min), atHigh = values.Count(value => value >= (float)clamp.Max);
            double share = (double)Math.Max(atLow, atHigh) / values.Length;
            if (share <= MostAtBound)
                return null;
            string bound = atLow >= atHigh ? $"lower bound {LintText.Number(clamp.Min)}" : $"upper bound {LintText.Number(clamp.Max)}";
            string remedy = atLow >= atHigh ? "Lower it, or raise the weight of the KL." : "Raise it, or lower the learning rate.";
            return new Finding(
                DiagnosticTable.Findings.LogVarianceBound,
                "latent.logvar-clamp",
                $"The log-variance is at its {bound} for {LintText.Percent(share)} of the codes of the {PlotText.Split(subject.Split)}; there it has no gradient.",
                remedy);
        }

        (int dimension, double mean) = Enumerable.Range(0, dimensions)
            .Select(j => (j, Mean: Enumerable.Range(0, values.Length / dimensions).Average(i => (double)values[(i * dimensions) + j])))
            .MinBy(entry => entry.Mean);
        if (!(mean < LowestMean))
            return null;
        return new Finding(
            DiagnosticTable.Findings.LogVarianceBound,
            "loss.kl",
            $"The noise of the codes has all but vanished: along {PlotText.Latent(dimension)} the log-variance is {LintText.Number(mean)} in the mean, a standard deviation of {LintText.Number(Math.Exp(mean / 2))}. The model is an autoencoder whose codes fill no region.",
            "Raise the weight of the KL, or bound it: latent: {logvar-clamp: [-10, 10]}.");
    }
}
