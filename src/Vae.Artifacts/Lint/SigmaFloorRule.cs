using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>A learned deviation that would be smaller still without the soft bound log σ ≥ −6 of σ-VAE (Rybkin et al. 2021, arXiv:2006.13202).</summary>
internal sealed class SigmaFloorRule : ILintRule
{
    // log σ = −6 + log(1 + exp(s + 6)): half a unit above its bound, its gradient has lost 60 %.
    private const double Near = -5.5;

    public Finding? Check(LintSubject subject)
    {
        if (!subject.Result.Metrics.TryGetValue(MetricNames.Sigma, out double sigma) || !(Math.Log(sigma) < Near))
            return null;
        return new Finding(
            DiagnosticTable.Findings.SigmaFloor,
            "loss",
            $"The learned deviation of the reconstruction is {LintText.Number(sigma)}, at its floor of {LintText.Number(Math.Exp(-6))}: the decoder gives the data exactly, or most features never change.",
            "Leave constant features out, or fix the deviation (gaussian: {sigma: 0.1}).");
    }
}
