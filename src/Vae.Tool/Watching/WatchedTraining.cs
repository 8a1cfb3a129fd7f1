namespace Vae.Tool.Watching;

/// <summary>A training that is watched.</summary>
/// <param name="Place">Its output folder, relative to the folder that is watched.</param>
/// <param name="Status">What its file said last.</param>
/// <param name="End">How it ended; <c>null</c> while it runs.</param>
/// <param name="Metrics">The final metrics, where it ended with a result.</param>
internal sealed record WatchedTraining(string Place, TrainingStatus Status, TrainingEnd? End, IReadOnlyDictionary<string, double> Metrics);
