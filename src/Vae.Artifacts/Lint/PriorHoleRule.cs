using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>
/// All codes together, q(z), lie elsewhere than the prior that samples are drawn from (Hoffman and Johnson 2016). They are compared dimension by
/// dimension by the share that the two have in common, 1 less their total variation distance: it needs no assumption on the shape of q(z), and
/// few examples do not make it look worse than it is by much.
/// </summary>
internal sealed class PriorHoleRule : ILintRule
{
    // Two normals of one mean have half in common where one is 3.2 times as wide as the other, and of one width where they are 1.35 σ apart.
    private const double LeastShare = 0.5;

    // As wide as a hole must be to matter, in standard deviations of the prior.
    private const double BinWidth = 0.25;

    public Finding? Check(LintSubject subject)
    {
        if (subject.Posterior is not { } posterior || IsRising(subject))
            return null;
        (int Dimension, double Share)[] shares = [.. Enumerable.Range(0, subject.Spec.Latent.Dim).Select(dimension => (dimension, Shared(posterior, dimension)))];
        (int worst, double share) = shares.MinBy(entry => entry.Share);
        if (!(share < LeastShare))
            return null;
        int many = shares.Count(entry => entry.Share < LeastShare);
        double mean = posterior.Mean[worst], deviation = Math.Sqrt(posterior.Variance[worst]);
        string others = many > 1 ? $"; {PlotText.Count(many)} of {PlotText.Count(shares.Length)} dimensions are like it" : "";
        return new Finding(
            DiagnosticTable.Findings.PriorHole,
            "loss.kl",
            $"The codes lie elsewhere than the prior: along {PlotText.Latent(worst)} q(z) has a mean of {LintText.Number(mean)} and a standard deviation of {LintText.Number(deviation)}, " +
            $"and only {LintText.Percent(share)} in common with N(0, 1){others}. Samples from the prior are decoded from where the decoder was hardly trained, or miss much of what it knows.",
            "Raise the weight of the KL, or train longer; reconstructions and codes are not concerned.");
    }

    // A training that ended while the weight was rising has not been told yet where the codes should lie.
    private static bool IsRising(LintSubject subject) =>
        subject.Spec.Loss.KlWeight is WeightSpec.Ramp ramp && subject.Result.Curve.Column("kl.weight") is [.., double last] && last < ramp.Final;

    private static double Shared(AggregatePosterior posterior, int dimension)
    {
        // What lies beyond the prior's reach has nothing in common with it, so nothing beyond must be counted.
        const double Reach = 6;
        const int Bins = (int)(2 * Reach / BinWidth);
        double[] density = posterior.Density(dimension, -Reach, Reach, Bins);
        double shared = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            double low = -Reach + (bin * BinWidth);
            shared += Math.Min(density[bin] * BinWidth, NormalDistribution.Below(low + BinWidth) - NormalDistribution.Below(low));
        }

        return shared;
    }
}
