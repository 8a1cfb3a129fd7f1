using System.Globalization;
using Vae.Artifacts.Snapshots;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Output;

/// <summary>For people: diagnostics in the build's form, and a summary.</summary>
internal sealed class ConsoleSnapshotReporter(ToolConsole console) : ISnapshotReporter
{
    public void Report(Diagnostic diagnostic) => DiagnosticPrinter.Print([diagnostic], console);

    public void Verified(SnapshotResult result, Location place)
    {
        DiagnosticPrinter.Print(SnapshotDiagnostics.Of(result, place), console);
        foreach (string note in result.Notes)
            console.Out.WriteLine(note);
        if (result.Unwritten is { } reason)
            console.Error.WriteLine($"the .received. files could not be written: {reason}");
        int equal = result.Entries.Count(entry => entry.Status == SnapshotStatus.Equal);
        console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{equal} of {result.Entries.Count} snapshots are equal within their tolerances: {result.Directory}"));
    }

    public void Accepted(IReadOnlyList<AcceptedSnapshot> snapshots)
    {
        foreach (AcceptedSnapshot snapshot in snapshots)
        {
            console.Out.WriteLine(AcceptedText.Of(snapshot));
            foreach (string line in snapshot.Explanation.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                console.Out.WriteLine("  " + line);
        }

        console.Out.WriteLine(snapshots.Count == 0 ? "nothing to accept" : "look at the change, and commit it");
    }
}
