using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>
/// Up to the rate and down again, step by step: Smith and Topin 2018, arXiv:1708.07120, in the two phases of PyTorch's
/// <c>OneCycleLR</c>, of which the spec's rate is the peak. Momentum is left as it is.
/// </summary>
internal sealed class OneCycleSchedule(Arguments arguments) : ISchedule
{
    private readonly bool cosine = arguments.Text("anneal") == "cos";

    public double Rate(TrainingStep at, double rate)
    {
        double first = rate / arguments.Float("div-factor");
        double peak = (arguments.Float("pct-start") * at.Steps) - 1;

        // Of a few steps, none may be left for the rise.
        return peak > 0 && at.Step <= peak
            ? Between(first, rate, at.Step / peak)
            : Between(rate, first / arguments.Float("final-div-factor"), (at.Step - peak) / (at.Steps - 1 - peak));
    }

    private double Between(double start, double end, double share) => cosine
        ? end + ((start - end) / 2 * (1 + Math.Cos(Math.PI * share)))
        : start + ((end - start) * share);
}
