namespace Vae.Dsl.Catalogue;

/// <summary>Learning-rate schedules. A new one is a row here and a file of the same name under <c>Schedules</c> in Vae.Torch. Rates change at every epoch.</summary>
public static class ScheduleCatalogue
{
    private static readonly Argument MinLr = new("min-lr", ArgumentType.Float, "Where the rate falls to: the epoch after the last would have it.") { Default = 0.0, Min = 0 };
    private static readonly Argument Warmup = new("warmup", ArgumentType.Int, "Epochs in which the rate rises linearly from 0 first.") { Default = 0, Min = 0 };

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "schedule",
        new ComponentKind("step", "The rate is multiplied by gamma every so many epochs.", [
            new Argument("every", ArgumentType.Int, "Epochs between two changes.") { Required = true, Min = 1 },
            new Argument("gamma", ArgumentType.Float, "The factor.") { Default = 0.1, Min = 0, MinExclusive = true }], main: "every"),
        new ComponentKind("exponential", "The rate is multiplied by gamma every epoch.", [
            new Argument("gamma", ArgumentType.Float, "The factor.") { Required = true, Min = 0, MinExclusive = true }], main: "gamma"),
        new ComponentKind("cosine", "Half a cosine from the rate to min-lr: Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts.", [Warmup, MinLr]),
        new ComponentKind("linear", "A straight line from the rate to min-lr.", [Warmup, MinLr]));
}
