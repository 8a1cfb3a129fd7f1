using Vae.Artifacts.Plots;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>Some dimensions of the code are not active: Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519, section 5.</summary>
internal sealed class InactiveUnitsRule : ILintRule
{
    public Finding? Check(LintSubject subject)
    {
        int all = subject.Spec.Latent.Dim;
        if (subject.ActiveUnits is not int active || active == 0 || active == all)
            return null;
        return new Finding(
            DiagnosticTable.Findings.InactiveUnits,
            "latent.dim",
            $"{PlotText.Count(active)} of {PlotText.Count(all)} latent dimensions {(active == 1 ? "is" : "are")} active; {(all - active == 1 ? "the other one says" : $"the other {PlotText.Count(all - active)} say")} the same of every example.",
            $"Nothing needs to be done: latent.dim: {active} would do as well, and a lower weight of the KL lets more of them say something.");
    }
}
