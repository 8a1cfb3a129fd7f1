namespace Vae.Dsl.Building;

/// <summary>The learning-rate schedules of the language. What is <c>null</c> takes the catalogue's default.</summary>
public static class Schedules
{
    /// <summary>The rate is multiplied by gamma every so many epochs.</summary>
    public static Component Step(int every, double? gamma = null, int? warmup = null) =>
        ComponentCall.Written("Schedules.Step", "step", ("every", every), ("gamma", gamma), ("warmup", warmup));

    /// <summary>The rate is multiplied by gamma after each of the given numbers of epochs.</summary>
    public static Component MultiStep(IEnumerable<int> milestones, double? gamma = null, int? warmup = null) =>
        ComponentCall.Written("Schedules.MultiStep", "multi-step", ("milestones", ValueList.From(milestones)), ("gamma", gamma), ("warmup", warmup));

    /// <summary>The rate is multiplied by gamma every epoch.</summary>
    public static Component Exponential(double gamma, int? warmup = null) => ComponentCall.Written("Schedules.Exponential", "exponential", ("gamma", gamma), ("warmup", warmup));

    /// <summary>Half a cosine from the rate to minLr: Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts.</summary>
    public static Component Cosine(int? warmup = null, double? minLr = null) => ComponentCall.Written("Schedules.Cosine", "cosine", ("warmup", warmup), ("min-lr", minLr));

    /// <summary>A straight line from the rate to minLr.</summary>
    public static Component Linear(int? warmup = null, double? minLr = null) => ComponentCall.Written("Schedules.Linear", "linear", ("warmup", warmup), ("min-lr", minLr));

    /// <summary>The rate is multiplied by factor when a column of the loss curve has not improved for more than patience epochs.</summary>
    public static Component Plateau(string? on = null, double? factor = null, int? patience = null, double? threshold = null, int? cooldown = null, int? warmup = null, double? minLr = null) =>
        ComponentCall.Written("Schedules.Plateau", "plateau", ("on", on), ("factor", factor), ("patience", patience), ("threshold", threshold), ("cooldown", cooldown), ("warmup", warmup), ("min-lr", minLr));

    /// <summary>Up to the rate and down to nearly nothing, step by step: Smith and Topin 2018, arXiv:1708.07120.</summary>
    public static Component OneCycle(double? pctStart = null, double? divFactor = null, double? finalDivFactor = null, string? anneal = null) =>
        ComponentCall.Written("Schedules.OneCycle", "one-cycle", ("pct-start", pctStart), ("div-factor", divFactor), ("final-div-factor", finalDivFactor), ("anneal", anneal));

    /// <summary>The rate rises from 0 for some epochs, then stays.</summary>
    public static Component Warmup(int epochs) => ComponentCall.Written("Schedules.Warmup", "warmup", ("epochs", epochs));
}
