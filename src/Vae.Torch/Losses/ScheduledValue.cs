using Vae.Dsl;

namespace Vae.Torch.Losses;

/// <summary>A weight or a capacity over the training, asked at every step.</summary>
/// <param name="spec">What the spec says.</param>
/// <param name="stepsAnEpoch">Steps of a whole epoch, which ramps counted in epochs need.</param>
internal sealed class ScheduledValue(WeightSpec spec, int stepsAnEpoch)
{
    /// <summary>The value at a step, counted from 0 over the whole training.</summary>
    public double At(long step) => spec switch
    {
        WeightSpec.Ramp { Unit: TimeUnit.Steps } ramp => ramp.At(step),
        WeightSpec.Ramp ramp => ramp.At((double)step / stepsAnEpoch),
        _ => spec.Final,
    };
}
