using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>min + (rate − min) · ½ (1 + cos πt/T), PyTorch's <c>CosineAnnealingLR</c>: Loshchilov and Hutter 2017, arXiv:1608.03983.</summary>
internal sealed class CosineSchedule(Arguments arguments) : FallingSchedule(arguments)
{
    protected override double Remaining(double share) => (1 + Math.Cos(Math.PI * share)) / 2;
}
