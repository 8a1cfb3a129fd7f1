namespace Vae.Torch.Schedules;

/// <summary>The learning rate over a training. In closed form, with nothing to save or restore, unless it is an <see cref="IAdaptiveSchedule"/>.</summary>
internal interface ISchedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="at">The step.</param>
    /// <param name="rate">The spec's learning rate.</param>
    double Rate(TrainingStep at, double rate);
}
