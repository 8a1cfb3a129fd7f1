using Vae.Dsl;
using Vae.Torch.Schedules;

namespace Vae.Torch;

/// <summary>How a training is cut into epochs and steps.</summary>
internal sealed class EpochPlan
{
    private readonly int examples;
    private readonly int batch;

    /// <summary>Creates a plan.</summary>
    /// <param name="examples">How many examples an epoch passes over, at least one.</param>
    /// <param name="train">Batch size and length.</param>
    /// <param name="dropSingle">
    /// Whether a last batch of a single example is left out: a batch norm cannot normalize over one. The order changes every epoch,
    /// so another example is left out each time.
    /// </param>
    public EpochPlan(int examples, TrainSpec train, bool dropSingle)
    {
        batch = train.Batch;
        this.examples = dropSingle && examples > 1 && examples % batch == 1 ? examples - 1 : examples;
        StepsAnEpoch = ((this.examples - 1) / batch) + 1;
        Steps = train.Unit == TimeUnit.Steps ? train.Length : (long)train.Length * StepsAnEpoch;
        Epochs = checked((int)(((Steps - 1) / StepsAnEpoch) + 1));
    }

    /// <summary>Steps of a whole epoch.</summary>
    public int StepsAnEpoch { get; }

    /// <summary>How many epochs there are; the last is cut short where the length is counted in steps.</summary>
    public int Epochs { get; }

    /// <summary>How many steps there are in all.</summary>
    public long Steps { get; }

    /// <summary>Steps of an epoch, counted from 0.</summary>
    public int StepsOf(int epoch) => (int)Math.Min(StepsAnEpoch, Steps - ((long)epoch * StepsAnEpoch));

    /// <summary>A step of an epoch, both counted from 0, within the whole training.</summary>
    public TrainingStep At(int epoch, int step) => new(epoch, Epochs, ((long)epoch * StepsAnEpoch) + step, Steps);

    /// <summary>The last step of an epoch, counted from 0, within the whole training.</summary>
    public TrainingStep EndOf(int epoch) => At(epoch, StepsOf(epoch) - 1);

    /// <summary>Where a step's examples start in the epoch's order, and how many they are.</summary>
    public (int Start, int Count) Batch(int step) => (step * batch, Math.Min(batch, examples - (step * batch)));
}
