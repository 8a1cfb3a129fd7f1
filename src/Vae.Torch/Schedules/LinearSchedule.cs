using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>min + (rate − min) · (1 − t/T), PyTorch's <c>LinearLR</c>.</summary>
internal sealed class LinearSchedule(Arguments arguments) : FallingSchedule(arguments)
{
    protected override double Remaining(double share) => 1 - share;
}
