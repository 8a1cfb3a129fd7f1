using Vae.Artifacts.Snapshots;

namespace Vae.Testing;

/// <summary>The artifacts of a trained spec differ from the accepted snapshots. One exception tells of all of them.</summary>
public sealed class VaeSnapshotException : Exception, IAssertionException
{
    /// <summary>Creates an exception from a comparison that failed.</summary>
    public VaeSnapshotException(SnapshotResult result)
        : base((result ?? throw new ArgumentNullException(nameof(result))).Message) => Result = result;

    /// <summary>The comparison.</summary>
    public SnapshotResult Result { get; }
}
