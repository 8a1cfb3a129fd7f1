namespace Vae.Torch.Schedules;

/// <summary>No schedule: the spec's rate all the time.</summary>
internal sealed class ConstantSchedule : ISchedule
{
    public double Rate(TrainingStep at, double rate) => rate;
}
