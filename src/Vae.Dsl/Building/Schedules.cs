namespace Vae.Dsl.Building;

/// <summary>The learning-rate schedules of the language. What is <c>null</c> takes the catalogue's default.</summary>
public static class Schedules
{
    /// <summary>The rate is multiplied by gamma every so many epochs.</summary>
    public static Component Step(int every, double? gamma = null) => ComponentCall.Written("Schedules.Step", "step", ("every", every), ("gamma", gamma));

    /// <summary>The rate is multiplied by gamma every epoch.</summary>
    public static Component Exponential(double gamma) => ComponentCall.Written("Schedules.Exponential", "exponential", ("gamma", gamma));

    /// <summary>Half a cosine from the rate to minLr: Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts.</summary>
    public static Component Cosine(int? warmup = null, double? minLr = null) => ComponentCall.Written("Schedules.Cosine", "cosine", ("warmup", warmup), ("min-lr", minLr));

    /// <summary>A straight line from the rate to minLr.</summary>
    public static Component Linear(int? warmup = null, double? minLr = null) => ComponentCall.Written("Schedules.Linear", "linear", ("warmup", warmup), ("min-lr", minLr));
}
