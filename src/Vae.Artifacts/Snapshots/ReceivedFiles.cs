namespace Vae.Artifacts.Snapshots;

/// <summary>Writes and removes received files. They are a help only, so one that cannot be written does not hide what the comparison found.</summary>
/// <param name="wanted">Whether any is written; those that are out of date are removed in any case.</param>
internal sealed class ReceivedFiles(bool wanted)
{
    public bool Wanted => wanted;

    /// <summary>Why the first file could not be written; <c>null</c> where all were.</summary>
    public string? Fault { get; private set; }

    /// <summary>Writes a file under a temporary name and renames it.</summary>
    public void Write(string path, byte[] content) => Try(wanted, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    });

    /// <summary>Removes what was received under a name before.</summary>
    public void Remove(SnapshotName name)
    {
        foreach (string path in (string[])[name.Received, name.Difference])
            Try(File.Exists(path), () => File.Delete(path));
    }

    private void Try(bool condition, Action write)
    {
        try
        {
            if (condition)
                write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault ??= e.Message;
        }
    }
}
