using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Snapshots;

/// <summary>A result as diagnostics at the place where the spec says what must hold.</summary>
public static class SnapshotDiagnostics
{
    private const int MaxLines = 3;

    /// <summary>A diagnostic for each snapshot that is not equal, the worst number first: VAE5003, 5005, 5006, 5007 or 5008.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="place">The spec's key <c>checks</c>, or the spec.</param>
    public static IReadOnlyList<Diagnostic> Of(SnapshotResult result, Location place)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(place);
        return [.. result.Changes.Select(entry => Describe(entry, place))];
    }

    private static Diagnostic Describe(SnapshotEntry entry, Location place)
    {
        string file = Path.GetFileName(entry.Verified);
        return entry switch
        {
            { Status: SnapshotStatus.New } => DiagnosticTable.Snapshots.New.At(place, $"{entry.Name} has no snapshot yet; {Advice(entry)}"),
            { Status: SnapshotStatus.Delete } => DiagnosticTable.Snapshots.LeftOver.At(
                place, $"{file} is left over: the training makes no such file any more; delete it with 'vae accept' or 'dotnet build -t:AcceptVaeSnapshots'"),
            { Part: SnapshotParts.Curve or SnapshotParts.Metrics } => DiagnosticTable.Snapshots.NumbersDiffer.At(place, $"{entry.Name} differs from its snapshot: {Lines(entry)}; {Advice(entry)}"),
            { Part: SnapshotParts.Images } => DiagnosticTable.Snapshots.PictureDiffers.At(
                place,
                $"{entry.Name} differs from its snapshot: {Lines(entry)}; {(entry.Difference is { } drawn ? $"the differences are drawn in {Path.GetFileName(drawn)}; " : "")}{Advice(entry)}"),
            _ => DiagnosticTable.Snapshots.TextDiffers.At(place, $"{entry.Name} differs from its snapshot: {Lines(entry)}; {Advice(entry)}"),
        };
    }

    private static string Advice(SnapshotEntry entry) =>
        $"look at {Path.GetFileName(entry.Received)}, and accept it with 'vae accept' or 'dotnet build -t:AcceptVaeSnapshots'";

    private static string Lines(SnapshotEntry entry)
    {
        string[] lines = entry.Explanation.Split('\n');
        return string.Join("; ", lines.Take(MaxLines)) + (lines.Length > MaxLines ? $"; and {lines.Length - MaxLines} more" : "");
    }
}
