using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>rate · γ^epoch, PyTorch's <c>ExponentialLR</c>.</summary>
internal sealed class ExponentialSchedule(Arguments arguments) : ISchedule
{
    public double Rate(int epoch, int epochs, double rate) => rate * Math.Pow(arguments.Float("gamma"), epoch);
}
