using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>rate · γ^epoch, PyTorch's <c>ExponentialLR</c>.</summary>
internal sealed class ExponentialSchedule(Arguments arguments) : WarmupSchedule(arguments)
{
    protected override double AfterWarmup(int epoch, int epochs, double rate) => rate * Math.Pow(Arguments.Float("gamma"), epoch);
}
