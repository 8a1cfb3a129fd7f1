namespace Vae.Artifacts.Snapshots;

/// <summary>One file to be compared.</summary>
/// <param name="What">Its middle name: <c>metrics</c>.</param>
/// <param name="Extension">Its extension without the dot.</param>
/// <param name="Content">What was received.</param>
internal sealed record Snapshot(string What, string Extension, byte[] Content)
{
    public bool IsText => Extension != "png";
}
