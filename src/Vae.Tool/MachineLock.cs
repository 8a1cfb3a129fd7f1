using System.Security.Cryptography;
using System.Text;
using Vae.Artifacts.Store;
using Vae.Dsl;

namespace Vae.Tool;

/// <summary>Locks of things that a machine has once: a graphics card, a file that several processes write.</summary>
internal static class MachineLock
{
    /// <summary>Waits for a thing and takes it; <c>null</c> where the user has no place for locks, so that none can be kept.</summary>
    /// <param name="thing">Its name: anything.</param>
    /// <param name="waits">Told once, where another has it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FileLock? Take(string thing, Action<LockOwner?> waits, CancellationToken cancellationToken)
    {
        if (UserCache.FolderOf("locks") is not { } folder)
            return null;
        try
        {
            return FileLock.Take(Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(thing)))[..32] + ".lock"), waits, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The graphics card that a training uses: the first that this process may see.</summary>
    public static FileLock? TakeGraphicsCard(Action<LockOwner?> waits, CancellationToken cancellationToken) =>
        Take("cuda " + (Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { Length: > 0 } visible ? visible.Split(',')[0] : "0"), waits, cancellationToken);
}
