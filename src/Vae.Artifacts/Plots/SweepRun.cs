using Vae.Dsl;

namespace Vae.Artifacts.Plots;

/// <summary>A point of a sweep and what came of it.</summary>
/// <param name="Values">The swept parameters with the point's values as text: <see cref="SweepPoint.Values"/>.</param>
/// <param name="Metrics">Its final metrics; empty where its training did not come to an end.</param>
public sealed record SweepRun(IReadOnlyList<KeyValuePair<string, string>> Values, IReadOnlyDictionary<string, double> Metrics);
