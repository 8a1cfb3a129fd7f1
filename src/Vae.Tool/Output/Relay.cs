using Vae.Torch;

namespace Vae.Tool.Output;

/// <summary>Passes progress on at once, on the training's own thread; <see cref="Progress{T}"/> would reorder it on the thread pool.</summary>
internal sealed class Relay(Action<TrainingProgress> handler) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => handler(value);
}
