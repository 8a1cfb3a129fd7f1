using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Torch.Losses;

namespace Vae.Torch;

/// <summary>Says what became NaN or infinite, where, and what it likely comes from (VAE4001).</summary>
internal static class Divergence
{
    /// <summary>A step whose losses are not finite.</summary>
    /// <param name="spec">What is trained.</param>
    /// <param name="bad">The step.</param>
    /// <param name="steps">Steps of its epoch.</param>
    /// <param name="last">The last finite losses, if any.</param>
    /// <param name="weightsAreFinite">Whether the weights that the step was computed with are known to be finite.</param>
    public static VaeException InLosses(Spec spec, StepLosses bad, int steps, StepLosses? last, bool weightsAreFinite)
    {
        if (!weightsAreFinite)
            return InGradient(spec, bad.Epoch, bad.Step, steps, last);
        (string term, string context, string cause) = Blame(spec, bad.Parts);
        return Fault($"the {term} in {Place(bad.Epoch, bad.Step, steps)} ({context}). {Before(last)} Likely causes: {cause}; {RateCause(spec)}.");
    }

    /// <summary>Losses of a split that is not trained on, though those of all steps were finite.</summary>
    /// <param name="spec">What is trained.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="epoch">The epoch that is behind, from 1.</param>
    /// <param name="losses">Its losses.</param>
    /// <param name="reconstruction">The epoch's reconstruction term on the training set.</param>
    /// <param name="kl">The epoch's KL there.</param>
    public static VaeException InSplit(Spec spec, string split, int epoch, SplitLosses losses, double reconstruction, double kl)
    {
        (string term, string context, string cause) = Blame(spec, losses.Parts);
        return Fault(Text($"the {term} on the {split} split after epoch {epoch} ({context}). On the training set it was finite: reconstruction {Number(reconstruction)} and kl {Number(kl)}. Likely causes: the {split} split holds values far outside those that were trained on; {cause}."));
    }

    /// <summary>Weights that are not finite, which a gradient made of them at the step before.</summary>
    public static VaeException InGradient(Spec spec, int epoch, int step, int steps, StepLosses? last) => Fault(
        $"the gradient was not finite, and with it the weights, before {Place(epoch, step, steps)}. {Before(last)} Likely causes: {RateCause(spec)}; {VarianceCause(spec)}.");

    // An exploding log-variance makes the code infinite, and the reconstruction with it: the KL is to blame where both are.
    private static (string Term, string Context, string Cause) Blame(Spec spec, LossParts parts)
    {
        if (!double.IsFinite(parts.Kl))
            return ($"kl term of the loss became {Number(parts.Kl)}", $"reconstruction {Number(parts.Reconstruction)}", VarianceCause(spec));
        int term = double.IsFinite(parts.Reconstruction) ? parts.Terms.ToList().FindIndex(value => !double.IsFinite(value)) : -1;
        return term < 0
            ? ($"reconstruction term of the loss became {Number(parts.Reconstruction)}", $"kl {Number(parts.Kl)}", OutputCause(spec))
            : ($"{spec.Loss.Terms[term].Kind} term of the loss became {Number(parts.Terms[term])}", $"reconstruction {Number(parts.Reconstruction)}, kl {Number(parts.Kl)}", VarianceCause(spec));
    }

    private static VaeException Fault(string message) => new(DiagnosticTable.Training.NotFinite.At(null, message));

    private static string Place(int epoch, int step, int steps) => Text($"epoch {epoch}, step {step} of {steps}");

    private static string Before(StepLosses? last) => last is null
        ? "No step before it had finite losses."
        : Text($"The last finite values were reconstruction {Number(last.Parts.Reconstruction)} and kl {Number(last.Parts.Kl)}, in epoch {last.Epoch}, step {last.Step}.");

    private static string OutputCause(Spec spec) => spec.Loss.Reconstruction.Kind switch
    {
        "bce" or "continuous-bernoulli" => "the decoder's output leaves 0..1 (end it with sigmoid, or say 'logits: true'), or the data does",
        _ => "the decoder's output grows without bound, or the data holds very large values ('data.scale: unit' or 'standard')",
    };

    private static string VarianceCause(Spec spec) => spec.Latent.LogVarianceClamp is null
        ? Text($"the log-variance explodes (bound it: 'latent: {{dim: {spec.Latent.Dim}, logvar-clamp: [-10, 10]}}')")
        : "the codes explode (the log-variance is bounded already)";

    private static string RateCause(Spec spec)
    {
        string clip = spec.Train.ClipNorm is null ? ", or set 'train.clip-norm: 5'" : "";
        return Text($"the learning rate {spec.Train.LearningRate:R} is too high (try {spec.Train.LearningRate / 10:R}{clip})");
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "infinity" : "-infinity") : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
