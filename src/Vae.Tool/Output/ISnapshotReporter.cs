using Vae.Artifacts.Snapshots;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Output;

/// <summary>Tells a person or a program what became of snapshots.</summary>
internal interface ISnapshotReporter
{
    /// <summary>Something is wrong that kept the comparison from its end.</summary>
    void Report(Diagnostic diagnostic);

    /// <summary>A comparison is done; what differs is shown at a place.</summary>
    void Verified(SnapshotResult result, Location place);

    /// <summary>Snapshots were accepted.</summary>
    void Accepted(IReadOnlyList<AcceptedSnapshot> snapshots);
}
