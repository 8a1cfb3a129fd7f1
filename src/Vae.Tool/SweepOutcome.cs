using Vae.Dsl;

namespace Vae.Tool;

/// <summary>What became of a point of a sweep.</summary>
/// <param name="Point">The point.</param>
/// <param name="Failed">Whether errors were reported for it.</param>
/// <param name="Metrics">Its final metrics; empty where the training did not come to its end.</param>
internal sealed record SweepOutcome(SweepPoint Point, bool Failed, IReadOnlyDictionary<string, double> Metrics);
