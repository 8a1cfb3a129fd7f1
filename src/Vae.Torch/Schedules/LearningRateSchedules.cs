using Vae.Dsl;

namespace Vae.Torch.Schedules;

/// <summary>Every schedule by its row's name. A new one is a file here and a line in the table.</summary>
internal static class LearningRateSchedules
{
    private static readonly Dictionary<string, Func<Arguments, ISchedule>> Rows = new(StringComparer.Ordinal)
    {
        ["cosine"] = arguments => new CosineSchedule(arguments),
        ["exponential"] = arguments => new ExponentialSchedule(arguments),
        ["linear"] = arguments => new LinearSchedule(arguments),
        ["multi-step"] = arguments => new MultiStepSchedule(arguments),
        ["one-cycle"] = arguments => new OneCycleSchedule(arguments),
        ["plateau"] = arguments => new PlateauSchedule(arguments),
        ["step"] = arguments => new StepSchedule(arguments),
        ["warmup"] = arguments => new WarmupSchedule(arguments, "epochs"),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The schedule of a spec; a constant rate where it has none.</summary>
    public static ISchedule Create(Component? schedule) =>
        schedule is null ? new ConstantSchedule() : Rows[schedule.Kind](schedule.Arguments);
}
