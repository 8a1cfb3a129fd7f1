using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>
/// The rate times <c>factor</c> for every time that a loss did not improve for more than <c>patience</c> epochs: PyTorch's
/// <c>ReduceLROnPlateau</c> with a relative threshold. What is better than a negative loss is smaller than it here, not nearer to 0.
/// </summary>
internal sealed class PlateauSchedule(Arguments arguments) : WarmupSchedule(arguments), IAdaptiveSchedule
{
    private double best = double.PositiveInfinity;
    private double reductions;
    private double badEpochs;
    private double coolingDown;

    public string Watched => Arguments.Text("on");

    public double[] State
    {
        get => [best, reductions, badEpochs, coolingDown];
        set => (best, reductions, badEpochs, coolingDown) = (value[0], value[1], value[2], value[3]);
    }

    public void Observe(int epoch, double value)
    {
        if (IsWarmup(epoch))
            return;
        if (double.IsPositiveInfinity(best) || value < best - (Arguments.Float("threshold") * Math.Abs(best)))
        {
            best = value;
            badEpochs = 0;
        }
        else
        {
            badEpochs++;
        }

        if (coolingDown > 0)
        {
            coolingDown--;
            badEpochs = 0;
        }

        if (badEpochs <= Arguments.Int("patience"))
            return;
        reductions++;
        coolingDown = Arguments.Int("cooldown");
        badEpochs = 0;
    }

    protected override double AfterWarmup(int epoch, int epochs, double rate) =>
        Math.Min(rate, Math.Max(Arguments.Float("min-lr"), rate * Math.Pow(Arguments.Float("factor"), reductions)));
}
