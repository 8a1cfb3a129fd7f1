using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>
/// What falls from the rate to <c>min-lr</c>. After t of T epochs of the fall a share of t / T is behind, and min-lr is what the epoch
/// after the last one would have: PyTorch's convention.
/// </summary>
internal abstract class FallingSchedule(Arguments arguments) : WarmupSchedule(arguments)
{
    protected override double AfterWarmup(int epoch, int epochs, double rate)
    {
        double minimum = Arguments.Float("min-lr");
        double share = (double)epoch / Math.Max(1, epochs);
        return minimum + ((rate - minimum) * Remaining(share));
    }

    /// <summary>How much of the way down is still ahead, 1 to 0, at a share of the time, 0 to 1.</summary>
    protected abstract double Remaining(double share);
}
