namespace Vae.Torch.Schedules;

/// <summary>A step of a training as schedules see it.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Epochs">How many there are in all.</param>
/// <param name="Step">The step over the whole training, from 0.</param>
/// <param name="Steps">How many there are in all.</param>
internal readonly record struct TrainingStep(int Epoch, int Epochs, long Step, long Steps);
