namespace Vae.Artifacts.Snapshots;

/// <summary>How much a number varies, and the tolerance that follows.</summary>
/// <param name="Name">The metric, or the column of the loss curve.</param>
/// <param name="IsColumn">Whether it is a column.</param>
/// <param name="Reference">The number in the reference, of a column that of the last epoch.</param>
/// <param name="ByThreads">The largest relative deviation with other numbers of threads: 0.02 is 2 %.</param>
/// <param name="BySeeds">The largest relative deviation with other seeds.</param>
/// <param name="Relative">The relative tolerance proposed.</param>
/// <param name="Absolute">The absolute tolerance proposed beside it, for numbers near zero; <c>null</c> where none is needed.</param>
public sealed record CalibratedNumber(string Name, bool IsColumn, double Reference, double ByThreads, double BySeeds, double Relative, double? Absolute);
