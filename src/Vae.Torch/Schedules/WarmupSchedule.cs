using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>
/// A warm-up, and what comes after it: nothing new here, the schedules in those derived from it. In the w epochs of the warm-up the rate
/// is (epoch + 1) / (w + 1) of the whole, so that no epoch is spent at 0 and epoch w is the first at full rate.
/// </summary>
internal class WarmupSchedule : ISchedule
{
    private readonly int warmup;

    public WarmupSchedule(Arguments arguments, string name = "warmup")
    {
        Arguments = arguments;
        warmup = arguments.Int(name);
    }

    protected Arguments Arguments { get; }

    public double Rate(TrainingStep at, double rate) => at.Epoch < warmup
        ? rate * (at.Epoch + 1) / (warmup + 1)
        : AfterWarmup(at.Epoch - warmup, at.Epochs - warmup, rate);

    /// <summary>Whether an epoch belongs to the warm-up.</summary>
    protected bool IsWarmup(int epoch) => epoch < warmup;

    /// <summary>The rate of an epoch.</summary>
    /// <param name="epoch">The epoch, from 0 for the first after the warm-up.</param>
    /// <param name="epochs">How many there are after the warm-up.</param>
    /// <param name="rate">The spec's learning rate.</param>
    protected virtual double AfterWarmup(int epoch, int epochs, double rate) => rate;
}
