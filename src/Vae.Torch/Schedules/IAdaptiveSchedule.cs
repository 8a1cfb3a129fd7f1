namespace Vae.Torch.Schedules;

/// <summary>A schedule that depends on how the training goes.</summary>
internal interface IAdaptiveSchedule : ISchedule
{
    /// <summary>The column of the loss curve that it wants to see.</summary>
    string Watched { get; }

    /// <summary>All that it remembers, for a checkpoint.</summary>
    double[] State { get; set; }

    /// <summary>Sees the value after an epoch, counted from 0.</summary>
    void Observe(int epoch, double value);
}
