namespace Vae.Torch.Schedules;

/// <summary>The learning rate over the epochs, in closed form: nothing to save, nothing to restore.</summary>
internal interface ISchedule
{
    /// <summary>The rate of an epoch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="epochs">How many there are in all.</param>
    /// <param name="rate">The spec's learning rate.</param>
    double Rate(int epoch, int epochs, double rate);
}
