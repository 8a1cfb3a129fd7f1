using Vae.Torch;

namespace Vae.Tool.Output;

/// <summary>How far a training is, and how long it still takes at the pace so far.</summary>
internal static class TimeLeft
{
    /// <summary>The share that is done, 0..1.</summary>
    public static double Fraction(TrainingProgress progress) =>
        Math.Clamp((progress.Epoch - 1 + ((double)progress.Step / progress.Steps)) / progress.Epochs, 0, 1);

    /// <summary>Seconds until the end, unless early stopping ends it before.</summary>
    public static double Seconds(TrainingProgress progress)
    {
        double done = Fraction(progress);
        return done > 0 ? progress.Seconds * (1 - done) / done : 0;
    }
}
