using Vae.Artifacts.Snapshots;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Output;

/// <summary>One JSON object a line, for the MSBuild task.</summary>
internal sealed class JsonSnapshotReporter(TextWriter output) : ISnapshotReporter
{
    private readonly JsonEvents events = new(output);

    public void Report(Diagnostic diagnostic) => events.Report(diagnostic);

    public void Verified(SnapshotResult result, Location place)
    {
        foreach (Diagnostic diagnostic in SnapshotDiagnostics.Of(result, place))
            events.Report(diagnostic);
        foreach (string note in result.Notes)
            Note(note);
        if (result.Unwritten is { } reason)
            Note($"the .received. files could not be written: {reason}");
        events.Write("verified", json =>
        {
            int different = result.Changes.Count;
            json.WriteNumber("equal", result.Entries.Count - different);
            json.WriteNumber("different", different);
        });
    }

    public void Accepted(IReadOnlyList<AcceptedSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
            Note("nothing to accept");
        foreach (AcceptedSnapshot snapshot in snapshots)
        {
            Note(AcceptedText.Of(snapshot));
            foreach (string line in snapshot.Explanation.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Note("  " + line);
        }
    }

    private void Note(string message) => events.Write("note", json => json.WriteString("message", message));
}
