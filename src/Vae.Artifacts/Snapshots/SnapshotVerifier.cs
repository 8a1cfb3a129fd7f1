using System.Text;
using System.Text.Json;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Snapshots;

/// <summary>
/// Compares a trained spec's folder with accepted files named <c>&lt;name&gt;.&lt;what&gt;.verified.&lt;ext&gt;</c>: spec, architecture and arrays exactly,
/// loss curve and metrics within tolerances, pictures by similarity. Weights are never compared: their bits differ from machine to machine.
/// </summary>
public static class SnapshotVerifier
{
    private const int MaxLinesOfNewText = 60;

    /// <summary>The folder of the snapshots, beside the spec or the test.</summary>
    public const string FolderName = "snapshots";

    /// <summary>Whether a set of snapshots has any accepted file.</summary>
    /// <param name="snapshotFolder">Where the accepted files are; it need not exist.</param>
    /// <param name="name">The set's name.</param>
    public static bool HasAccepted(string snapshotFolder, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(snapshotFolder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return SnapshotName.In(snapshotFolder, name, "verified").Any();
    }

    /// <summary>
    /// Compares. A snapshot within its tolerance is not rewritten; what differs is written beside it as <c>.received.</c>, empty for an accepted
    /// file that nothing makes any more, and for pictures that differ a picture of the differences.
    /// </summary>
    /// <param name="artifactFolder">What <see cref="ArtifactWriter"/> wrote.</param>
    /// <param name="snapshotFolder">Where the accepted files are; it need not exist.</param>
    /// <param name="spec">The spec: its name, and its <c>checks</c>.</param>
    /// <param name="options">What is compared, and how closely; <c>null</c> for everything as the spec says.</param>
    /// <exception cref="VaeException">VAE5103: an artifact is missing or broken. VAE5104: an accepted file cannot be read.</exception>
    public static SnapshotResult Verify(string artifactFolder, string snapshotFolder, Spec spec, SnapshotOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactFolder);
        ArgumentException.ThrowIfNullOrEmpty(snapshotFolder);
        ArgumentNullException.ThrowIfNull(spec);
        options ??= new SnapshotOptions();
        string set = options.Name ?? spec.Name;
        string folder = Path.GetFullPath(snapshotFolder);
        Snapshot[] snapshots = [.. Collect(artifactFolder, options)];
        var files = new ReceivedFiles(options.WriteReceived);
        return SnapshotAcceptance.Guard(folder, () =>
        {
            var entries = new List<SnapshotEntry>();
            foreach (Snapshot snapshot in snapshots)
                entries.Add(Compare(snapshot, new SnapshotName(folder, set, snapshot.What, snapshot.Extension), spec.Checks, options, files));
            entries.AddRange(Leftovers(folder, set, options, entries, files));
            return new SnapshotResult(folder, [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]) { Unwritten = files.Fault };
        });
    }

    /// <summary>
    /// Makes what was received the accepted files: new and different ones are written, leftovers deleted; those within their tolerance
    /// stay as they are, so that nothing creeps.
    /// </summary>
    /// <returns>What the comparison found before: its entries that are not equal are what changed.</returns>
    /// <inheritdoc cref="Verify"/>
    public static SnapshotResult Accept(string artifactFolder, string snapshotFolder, Spec spec, SnapshotOptions? options = null)
    {
        SnapshotResult result = Verify(artifactFolder, snapshotFolder, spec, (options ?? new SnapshotOptions()) with { WriteReceived = true });
        if (result.Unwritten is { } reason)
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(result.Directory, 0, 0), reason));
        foreach (SnapshotEntry entry in result.Changes)
            SnapshotAcceptance.Take(SnapshotName.Of(entry.Verified, "verified")!);
        return result;
    }

    private static IEnumerable<Snapshot> Collect(string folder, SnapshotOptions options)
    {
        SnapshotParts parts = options.Parts;
        if (parts.HasFlag(SnapshotParts.Spec))
            yield return new Snapshot("spec", "yaml", Read(folder, ArtifactFolder.ResolvedSpec));
        if (parts.HasFlag(SnapshotParts.Architecture))
            yield return new Snapshot("architecture", "txt", Read(folder, ArtifactFolder.Architecture));
        if (parts.HasFlag(SnapshotParts.Arrays))
            yield return new Snapshot("arrays", "txt", Encoding.UTF8.GetBytes(Arrays(folder)));
        if (parts.HasFlag(SnapshotParts.Curve))
            yield return new Snapshot("loss", "csv", Read(folder, ArtifactFolder.Loss));
        if (parts.HasFlag(SnapshotParts.Metrics))
            yield return new Snapshot("metrics", "json", Metrics(folder));
        if (!parts.HasFlag(SnapshotParts.Images))
            yield break;
        string plots = Path.Combine(folder, ArtifactFolder.Plots);
        if (options.Plot is { } plot)
        {
            yield return new Snapshot(plot, "png", Read(plots, plot + ".png"));
            yield break;
        }

        IEnumerable<string> pictures = Directory.Exists(plots) ? Directory.GetFiles(plots, "*.png").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];
        foreach (string file in pictures)
            yield return new Snapshot(Path.GetFileNameWithoutExtension(file), "png", Read(plots, file));
    }

    private static SnapshotEntry Compare(Snapshot snapshot, SnapshotName name, ChecksSpec checks, SnapshotOptions options, ReceivedFiles files)
    {
        var entry = new SnapshotEntry(name.Whole, SnapshotStatus.Equal, name.Received, name.Verified, "") { Part = name.Part };
        if (!File.Exists(name.Verified))
        {
            files.Write(name.Received, snapshot.Content);
            string text = snapshot.IsText ? Shortened.Join(Encoding.UTF8.GetString(snapshot.Content).TrimEnd('\n').Split('\n'), MaxLinesOfNewText) : "";
            return entry with { Status = SnapshotStatus.New, Used = double.PositiveInfinity, Explanation = text };
        }

        byte[] verified = File.ReadAllBytes(name.Verified);
        SnapshotComparer comparer = SnapshotComparers.For(name.Part, checks, options);
        Comparison comparison = SnapshotComparers.Run(comparer, snapshot.Content, verified);
        if (comparison.IsEqual)
        {
            // What an earlier run left is out of date.
            files.Remove(name);
            return entry with { Used = comparison.Used, Note = comparison.Text };
        }

        files.Write(name.Received, snapshot.Content);
        byte[]? drawn = files.Wanted ? Drawn(comparer, snapshot.Content, verified) : null;
        if (drawn is not null)
            files.Write(name.Difference, drawn);
        return entry with
        {
            Status = SnapshotStatus.NotEqual,
            Used = comparison.Used,
            Explanation = comparison.Text,
            Difference = drawn is null ? null : name.Difference,
        };
    }

    private static byte[]? Drawn(SnapshotComparer comparer, byte[] received, byte[] verified)
    {
        try
        {
            return comparer.Draw(received, verified);
        }
        catch (FormatException)
        {
            // The comparison has told that the file cannot be read.
            return null;
        }
    }

    /// <summary>Accepted files that nothing makes any more; and the received ones of such as are gone are removed.</summary>
    private static IEnumerable<SnapshotEntry> Leftovers(string folder, string set, SnapshotOptions options, List<SnapshotEntry> made, ReceivedFiles files)
    {
        bool Looked(SnapshotName name) => options.Parts == SnapshotParts.All && options.Plot is null
            || (options.Parts.HasFlag(name.Part) && name.Part != SnapshotParts.None && (options.Plot is null || options.Plot == name.What));
        HashSet<string> known = [.. made.Select(entry => entry.Verified)];
        SnapshotName[] left = [.. SnapshotName.In(folder, set, "verified").Where(name => !known.Contains(name.Verified) && Looked(name))];
        foreach (SnapshotName name in SnapshotName.In(folder, set, "received").Where(name => !known.Contains(name.Verified) && !left.Contains(name) && Looked(name)))
            files.Remove(name);
        foreach (SnapshotName name in left)
        {
            // Empty as nothing else is: that there is nothing any more is what was received.
            files.Write(name.Received, []);
            yield return new SnapshotEntry(name.Whole, SnapshotStatus.Delete, name.Received, name.Verified, "") { Part = name.Part, Used = double.PositiveInfinity };
        }
    }

    private static string Arrays(string folder)
    {
        byte[] manifest = Read(folder, ArtifactFolder.Manifest);
        return Parsed(folder, ArtifactFolder.Manifest, () =>
        {
            using JsonDocument json = JsonDocument.Parse(manifest);
            return string.Concat(json.RootElement.GetProperty("arrays").EnumerateArray()
                .Select(array => $"{array.GetProperty("name").GetString()} {array.GetProperty("shape").GetString()}\n"));
        });
    }

    private static byte[] Metrics(string folder)
    {
        byte[] metrics = Read(folder, ArtifactFolder.Metrics);
        return Parsed(folder, ArtifactFolder.Metrics, () => Encoding.UTF8.GetBytes(MetricsComparer.Reduce(metrics)));
    }

    private static T Parsed<T>(string folder, string file, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(Path.Combine(folder, file), 0, 0), e.Message), e);
        }
    }

    private static byte[] Read(string folder, string file)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnreadable.At(new Location(folder, 0, 0), $"there is no {file} to compare: {e.Message}"), e);
        }
    }
}
