using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>
/// What falls from the rate to <c>min-lr</c> after a warm-up. In the w epochs of the warm-up the rate is (epoch + 1) / (w + 1) of the
/// whole, so that no epoch is spent at 0 and epoch w is the first at full rate. Then t of T epochs of the fall are behind, and
/// min-lr is what the epoch after the last one would have: PyTorch's convention.
/// </summary>
internal abstract class WarmupSchedule(Arguments arguments) : ISchedule
{
    public double Rate(int epoch, int epochs, double rate)
    {
        int warmup = arguments.Int("warmup");
        if (epoch < warmup)
            return rate * (epoch + 1) / (warmup + 1);
        double minimum = arguments.Float("min-lr");
        double share = (double)(epoch - warmup) / Math.Max(1, epochs - warmup);
        return minimum + ((rate - minimum) * Remaining(share));
    }

    /// <summary>How much of the way down is still ahead, 1 to 0, at a share of the time, 0 to 1.</summary>
    protected abstract double Remaining(double share);
}
