using System.Globalization;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Lint;

/// <summary>The validation loss has left its best behind, while the training loss went on falling.</summary>
internal sealed class ValidationDivergesRule : ILintRule
{
    // Fewer epochs are no trend.
    private const int LeastEpochs = 6;

    // How much of what was won must be lost again, and how much of the best loss that must be at least.
    private const double LeastShareOfGain = 0.1;
    private const double LeastShareOfBest = 0.01;

    public Finding? Check(LintSubject subject)
    {
        Curve curve = subject.Result.Curve;
        double[]? held = curve.Column("validation.loss"), trained = curve.Column("train.loss");
        if (held is null || trained is null || held.Length < LeastEpochs || subject.Spec.Train.Stop is { RestoreBest: true })
            return null;
        int best = Array.IndexOf(held, held.Min());

        // A single epoch may be bad by chance: the last three must be.
        double now = held[^3..].Min(), rise = now - held[best], gain = held[0] - held[best];
        if (best >= held.Length - 3 || trained[^1] >= trained[best] || rise < LeastShareOfGain * gain || rise < LeastShareOfBest * Math.Abs(held[best]))
            return null;
        return new Finding(
            DiagnosticTable.Findings.ValidationDiverges,
            "train",
            string.Create(CultureInfo.InvariantCulture, $"The validation loss was best in epoch {best + 1} ({LintText.Number(held[best])}) and has risen to {LintText.Number(held[^1])} since, while the training loss fell from {LintText.Number(trained[best])} to {LintText.Number(trained[^1])}: the model learns its training set by heart."),
            "Stop early (stop: {on: validation.loss, patience: 10}), add dropout or data, or make the networks smaller.");
    }
}
