namespace Vae.Dsl.Catalogue;

/// <summary>
/// Learning-rate schedules. A new one is a row here and a file of the same name under <c>Schedules</c> in Vae.Torch. Rates change at every
/// epoch, that of <c>one-cycle</c> at every step.
/// </summary>
public static class ScheduleCatalogue
{
    private static readonly Argument Warmup = new("warmup", ArgumentType.Int, "Epochs in which the rate rises linearly from 0 first.") { Default = 0, Min = 0 };

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "schedule",
        new ComponentKind("step", "The rate is multiplied by gamma every so many epochs after the warm-up.", [
            new Argument("every", ArgumentType.Int, "Epochs between two changes.") { Required = true, Min = 1 },
            new Argument("gamma", ArgumentType.Float, "The factor.") { Default = 0.1, Min = 0, MinExclusive = true },
            Warmup], main: "every"),
        new ComponentKind("multi-step", "The rate is multiplied by gamma at each milestone.", [
            new Argument("milestones", ArgumentType.Ints, "After how many epochs of the training, those of the warm-up included; ascending.") { Required = true, Min = 1 },
            new Argument("gamma", ArgumentType.Float, "The factor.") { Default = 0.1, Min = 0, MinExclusive = true },
            Warmup], main: "milestones"),
        new ComponentKind("exponential", "The rate is multiplied by gamma every epoch after the warm-up.", [
            new Argument("gamma", ArgumentType.Float, "The factor.") { Required = true, Min = 0, MinExclusive = true },
            Warmup], main: "gamma"),
        new ComponentKind("cosine", "Half a cosine from the rate to min-lr: Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts.", [
            Warmup, MinLr("Where the rate falls to: the epoch after the last would have it.")]),
        new ComponentKind("linear", "A straight line from the rate to min-lr.", [
            Warmup, MinLr("Where the rate falls to: the epoch after the last would have it.")]),
        new ComponentKind("plateau", "The rate is multiplied by factor when a loss has not improved for more than patience epochs: PyTorch's ReduceLROnPlateau.", [
            new Argument("on", ArgumentType.Text, "The column of the loss curve to watch; smaller is better.") { Default = "validation.loss", Choices = MetricNames.Curve },
            new Argument("factor", ArgumentType.Float, "The factor.") { Default = 0.1, Min = 0, MinExclusive = true, Max = 0.999999 },
            new Argument("patience", ArgumentType.Int, "How many epochs without an improvement are borne.") { Default = 10, Min = 0 },
            new Argument("threshold", ArgumentType.Float, "How much smaller counts as an improvement, relative to the best value so far.") { Default = 1e-4, Min = 0 },
            new Argument("cooldown", ArgumentType.Int, "Epochs after a change in which none counts as bad.") { Default = 0, Min = 0 },
            Warmup,
            MinLr("The smallest rate.")]),
        new ComponentKind("one-cycle", "Up from lr / div-factor to lr, then down to nearly nothing, step by step: Smith and Topin 2018, arXiv:1708.07120. Momentum stays as it is.", [
            new Argument("pct-start", ArgumentType.Float, "The share of the steps in which the rate rises.") { Default = 0.3, Min = 0, MinExclusive = true, Max = 0.999999 },
            new Argument("div-factor", ArgumentType.Float, "How much smaller than lr the first rate is.") { Default = 25.0, Min = 1 },
            new Argument("final-div-factor", ArgumentType.Float, "How much smaller than the first the last rate is.") { Default = 1e4, Min = 1 },
            new Argument("anneal", ArgumentType.Text, "Half a cosine or a straight line, up and down.") { Default = "cos", Choices = ["cos", "linear"] }]),
        new ComponentKind("warmup", "The rate rises linearly from 0 for some epochs, then stays.", [
            new Argument("epochs", ArgumentType.Int, "How many.") { Required = true, Min = 1 }], main: "epochs"));

    private static Argument MinLr(string help) => new("min-lr", ArgumentType.Float, help) { Default = 0.0, Min = 0 };
}
