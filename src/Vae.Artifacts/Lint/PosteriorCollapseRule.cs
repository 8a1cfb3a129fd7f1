using Vae.Artifacts.Plots;
using Vae.Artifacts.Report;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>No dimension of the code depends on the example: Bowman et al. 2016, arXiv:1511.06349; Lucas et al. 2019, arXiv:1911.02469.</summary>
internal sealed class PosteriorCollapseRule : ILintRule
{
    // Below this many nats in all the decoder cannot have learned anything from the code.
    private const double LeastKl = 0.05;

    public Finding? Check(LintSubject subject)
    {
        if (subject.Statistics is not { } statistics)
            return null;
        double kl = statistics.Get("kl").Values.Sum(value => (double)value);
        bool collapsed = subject.ActiveUnits == 0 || kl < LeastKl;
        if (!collapsed)
            return null;
        Spec spec = subject.Spec;
        EffectiveBeta beta = EffectiveBeta.Of(spec);
        return new Finding(
            DiagnosticTable.Findings.PosteriorCollapse,
            "loss.kl",
            $"The posterior has collapsed: over the {PlotText.Split(subject.Split)} the variance of μ is at most {LintText.Number(statistics.Get("variance").Values.Max())} in every latent dimension " +
            $"(over {LintText.Number(KlByDimensionPlot.ActiveVariance)} counts as active), and the KL is {LintText.Number(kl)} nats, so that the decoder gives nearly the same for every example.",
            $"Lower the weight of the KL (it is {LintText.Number(spec.Loss.KlWeight.Final)}, an effective β of {LintText.Number(beta.Value)}), let it rise from 0 (weight: {{from: 0, to: {LintText.Number(spec.Loss.KlWeight.Final)}, epochs: 10}}), or give free-bits.");
    }
}
