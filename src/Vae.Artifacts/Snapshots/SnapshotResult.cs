namespace Vae.Artifacts.Snapshots;

/// <summary>What a comparison with the snapshots of a spec came to.</summary>
/// <param name="Directory">The folder of the snapshots.</param>
/// <param name="Entries">Every snapshot, ordered by name.</param>
public sealed record SnapshotResult(string Directory, IReadOnlyList<SnapshotEntry> Entries)
{
    /// <summary>Whether every snapshot is equal within its tolerance, none is new and none is left over.</summary>
    public bool Passed => Entries.All(entry => entry.Status == SnapshotStatus.Equal);

    /// <summary>What is not equal: new ones, then those that differ with the worst number first and exact texts last, then leftovers.</summary>
    public IReadOnlyList<SnapshotEntry> Changes =>
    [
        .. Entries.Where(entry => entry.Status != SnapshotStatus.Equal)
            .OrderBy(entry => entry.Status switch { SnapshotStatus.New => 0, SnapshotStatus.NotEqual => 1, _ => 2 })
            .ThenBy(entry => entry switch { { Status: not SnapshotStatus.NotEqual } => 0, { Part: SnapshotParts.Curve or SnapshotParts.Metrics } => 0, { Part: SnapshotParts.Images } => 1, _ => 2 })
            .ThenByDescending(entry => entry.Used)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    /// <summary>A line for each snapshot that is equal and has used more than 80 % of its tolerance.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. Entries.Where(entry => entry.Note.Length > 0)
            .OrderByDescending(entry => entry.Used)
            .Select(entry => $"{entry.Name} is near the end of its tolerance: {entry.Note.Replace("\n", ", ", StringComparison.Ordinal)}"),
    ];

    /// <summary>Why a <c>.received.</c> file could not be written, as in a read-only source tree; <c>null</c> where all were, or none was wanted.</summary>
    public string? Unwritten { get; init; }

    /// <summary>
    /// The whole result for people, in the layout of Verify (<c>Directory:</c>, <c>New:</c>, <c>NotEqual:</c>, <c>Delete:</c>, <c>Equal:</c>,
    /// <c>FileContent:</c>), which its tools and editors' plugins read; and how to accept it.
    /// </summary>
    public string Message => SnapshotMessage.Write(this);
}
