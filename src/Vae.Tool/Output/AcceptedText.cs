using Vae.Artifacts.Snapshots;

namespace Vae.Tool.Output;

/// <summary>What became of one accepted snapshot, in a line.</summary>
internal static class AcceptedText
{
    public static string Of(AcceptedSnapshot snapshot) => snapshot.Status switch
    {
        SnapshotStatus.New => "new      ",
        SnapshotStatus.NotEqual => "changed  ",
        SnapshotStatus.Delete => "deleted  ",
        _ => "kept     ",
    } + snapshot.Verified + (snapshot.Status == SnapshotStatus.Equal ? " (the received file is within its tolerance)" : "");
}
