namespace Vae.Artifacts.Snapshots;

/// <summary>What became of one snapshot.</summary>
public enum SnapshotStatus
{
    /// <summary>There is no accepted file yet.</summary>
    New,

    /// <summary>The accepted file differs by more than the tolerance.</summary>
    NotEqual,

    /// <summary>An accepted file is left over: nothing is made under its name any more.</summary>
    Delete,

    /// <summary>Equal within the tolerance.</summary>
    Equal,
}
