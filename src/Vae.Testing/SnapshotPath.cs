namespace Vae.Testing;

/// <summary>Where the build says that a model's snapshots are: a small file beside the model, which no published program has.</summary>
/// <param name="Folder">The folder of the accepted files, beside the spec; it need not exist.</param>
/// <param name="Name">The name under which the model's snapshots lie in it: the model's, with the variant behind it.</param>
internal sealed record SnapshotPath(string Folder, string Name)
{
    private const string File = "snapshots.path";

    /// <summary>What the build says; <c>null</c> for a model of other origin, and where the spec's folder is not on this machine.</summary>
    public static SnapshotPath? Of(string modelFolder)
    {
        string path = Path.Combine(modelFolder, File);
        if (!System.IO.File.Exists(path))
            return null;
        string[] lines = System.IO.File.ReadAllLines(path);
        return lines is [{ Length: > 0 } folder, { Length: > 0 } name, ..] && Directory.Exists(Path.GetDirectoryName(folder)) ? new SnapshotPath(folder, name) : null;
    }
}
