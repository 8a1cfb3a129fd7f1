namespace Vae.Artifacts.Store;

/// <summary>
/// One holder at a time, over all processes of a machine (and of those that share the file, where their file system knows locks).
/// The operating system lets go of it when the process ends, however that happens, so a lock cannot be left behind.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int SharingViolationOnWindows = unchecked((int)0x80070020), LockViolationOnWindows = unchecked((int)0x80070021);
    private const int AgainOnLinux = 11, AgainOnMac = 35;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream file;
    private readonly string owner;

    private FileLock(FileStream file, string owner)
    {
        this.file = file;
        this.owner = owner;
    }

    /// <summary>Takes the lock where it is free; <c>null</c> where another has it.</summary>
    /// <param name="path">The lock's file; it and its folder are made where they are missing.</param>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public static FileLock? TryTake(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream opened;
        try
        {
            opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is SharingViolationOnWindows or LockViolationOnWindows or AgainOnLinux or AgainOnMac)
        {
            return null;
        }

        // Nobody can read a file that is locked, so the owner has one of its own. It is for messages only.
        string ownerFile = OwnerFileOf(path);
        try
        {
            LockOwner.OfThisProcess().Write(ownerFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever waits will not know for whom.
        }

        return new FileLock(opened, ownerFile);
    }

    /// <summary>Takes the lock, and waits for it as long as another has it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="waits">Told once, where there is something to wait for; with the owner, where it can be known.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public static FileLock Take(string path, Action<LockOwner?> waits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(waits);
        bool told = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
                return taken;
            if (!told)
                waits(LockOwner.Read(OwnerFileOf(path)));
            told = true;
            cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>Lets go of it. The file stays: a lock whose file is removed can be taken twice.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next owner writes over it.
        }

        file.Dispose();
    }

    private static string OwnerFileOf(string path) => Path.ChangeExtension(path, ".owner");
}
