namespace Vae.Artifacts.Snapshots;

/// <summary>Compares a file with the accepted one.</summary>
internal abstract class SnapshotComparer
{
    /// <summary>What differs, for people, the worst first; <c>null</c> where both are equal within the tolerance.</summary>
    /// <exception cref="FormatException">The accepted file cannot be read.</exception>
    public abstract string? Compare(byte[] received, byte[] verified);
}
