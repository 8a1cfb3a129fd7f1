using Vae.Artifacts.Plots;
using Vae.Artifacts.Report;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>A weight that was meant for a sum over the features stands beside a mean over them, and counts D times as much.</summary>
internal sealed class MeanReductionRule : ILintRule
{
    // β-VAEs go up to a few tens on purpose; with a mean over an image, 1 is a few hundreds.
    private const double Most = 30;

    public Finding? Check(LintSubject subject)
    {
        Spec spec = subject.Spec;
        double beta = EffectiveBeta.Of(spec).Value;
        if (!LossText.IsMean(spec) || beta < Most)
            return null;
        double weight = spec.Loss.KlWeight.Final;
        return new Finding(
            DiagnosticTable.Findings.MeanReduction,
            $"loss.reconstruction.{spec.Loss.Reconstruction.Kind}.reduce",
            $"The weight {LintText.Number(weight)} of the KL counts as β = {LintText.Number(beta)}: with reduce: mean the reconstruction loss is a mean over {PlotText.Count(spec.Data.Shape.Size)} features, and the KL a sum over the latent dimensions.",
            $"Say reduce: sum, or make the weight {LintText.Number(weight / beta)}, which is β = 1.");
    }
}
