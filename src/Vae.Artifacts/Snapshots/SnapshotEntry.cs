namespace Vae.Artifacts.Snapshots;

/// <summary>One snapshot and what became of it.</summary>
/// <param name="Name">Its name without <c>.verified</c>: <c>mnist-mlp.metrics.json</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Received">The path of the received file, which is there only where something differs.</param>
/// <param name="Verified">The path of the accepted file.</param>
/// <param name="Explanation">What differs, a line each; the text itself of a new text; empty where equal.</param>
public sealed record SnapshotEntry(string Name, SnapshotStatus Status, string Received, string Verified, string Explanation);
