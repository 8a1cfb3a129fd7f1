using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>rate · γ^⌊epoch / every⌋, PyTorch's <c>StepLR</c>.</summary>
internal sealed class StepSchedule(Arguments arguments) : ISchedule
{
    public double Rate(int epoch, int epochs, double rate) =>
        rate * Math.Pow(arguments.Float("gamma"), epoch / arguments.Int("every"));
}
