namespace Vae.Artifacts.Snapshots;

/// <summary>What a comparison with all snapshots of a spec came to.</summary>
/// <param name="Directory">The folder of the snapshots.</param>
/// <param name="Entries">Every snapshot, ordered by name.</param>
public sealed record SnapshotResult(string Directory, IReadOnlyList<SnapshotEntry> Entries)
{
    /// <summary>Whether every snapshot is equal within its tolerance, none is new and none is left over.</summary>
    public bool Passed => Entries.All(entry => entry.Status == SnapshotStatus.Equal);

    /// <summary>
    /// The whole result for people, in the layout of Verify (<c>Directory:</c>, <c>New:</c>, <c>NotEqual:</c>, <c>Delete:</c>, <c>Equal:</c>,
    /// <c>FileContent:</c>), which its tools and editors' plugins read; and how to accept it.
    /// </summary>
    public string Message => SnapshotMessage.Write(this);
}
