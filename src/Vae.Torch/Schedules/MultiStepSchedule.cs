using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>rate · γ^(milestones behind), PyTorch's <c>MultiStepLR</c>. A milestone is an epoch of the training, whatever the warm-up.</summary>
internal sealed class MultiStepSchedule(Arguments arguments) : WarmupSchedule(arguments)
{
    protected override double AfterWarmup(int epoch, int epochs, double rate)
    {
        int behind = Arguments.Ints("milestones").Count(milestone => milestone - Arguments.Int("warmup") <= epoch);
        return rate * Math.Pow(Arguments.Float("gamma"), behind);
    }
}
