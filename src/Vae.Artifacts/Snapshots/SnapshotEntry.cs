namespace Vae.Artifacts.Snapshots;

/// <summary>One snapshot and what became of it.</summary>
/// <param name="Name">Its name without <c>.verified</c>: <c>mnist-mlp.metrics.json</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Received">The path of the received file, which is there only where something differs.</param>
/// <param name="Verified">The path of the accepted file.</param>
/// <param name="Explanation">What differs, a line each, the worst first; the text itself of a new text; empty where equal.</param>
public sealed record SnapshotEntry(string Name, SnapshotStatus Status, string Received, string Verified, string Explanation)
{
    /// <summary>What it is a snapshot of.</summary>
    public SnapshotParts Part { get; init; }

    /// <summary>How much of its tolerance is used: up to 1 is equal, infinite for what is compared exactly or is missing.</summary>
    public double Used { get; init; }

    /// <summary>Of a snapshot that is equal, what has used more than 80 % of its tolerance; else empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The path of the picture that shows where two pictures differ; <c>null</c> where there is none.</summary>
    public string? Difference { get; init; }
}
