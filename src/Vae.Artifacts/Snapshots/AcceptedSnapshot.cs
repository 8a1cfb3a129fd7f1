namespace Vae.Artifacts.Snapshots;

/// <summary>A received file that was made the accepted one.</summary>
/// <param name="Status">What it was before: new, different, or left over and now deleted; equal where it is within its tolerance by now and the accepted file stays.</param>
/// <param name="Verified">The path of the accepted file.</param>
/// <param name="Explanation">What changed by how much, a line each, the worst first; empty for a new or deleted file.</param>
public sealed record AcceptedSnapshot(SnapshotStatus Status, string Verified, string Explanation);
