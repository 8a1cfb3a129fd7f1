using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>rate · γ^⌊epoch / every⌋, PyTorch's <c>StepLR</c>.</summary>
internal sealed class StepSchedule(Arguments arguments) : WarmupSchedule(arguments)
{
    protected override double AfterWarmup(int epoch, int epochs, double rate) =>
        rate * Math.Pow(Arguments.Float("gamma"), epoch / Arguments.Int("every"));
}
