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

    /// <summary>Compares. A snapshot within its tolerance is not rewritten; what differs is written beside it as <c>.received.</c></summary>
    /// <param name="artifactFolder">What <see cref="ArtifactWriter"/> wrote.</param>
    /// <param name="snapshotFolder">Where the accepted files are; it need not exist.</param>
    /// <param name="spec">The spec: its name, and its <c>checks</c>.</param>
    /// <param name="options">How close; <c>null</c> for what the spec says.</param>
    /// <exception cref="VaeException">VAE5103: an artifact is missing or broken. VAE5104: a received file cannot be written.</exception>
    public static SnapshotResult Verify(string artifactFolder, string snapshotFolder, Spec spec, SnapshotOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactFolder);
        ArgumentException.ThrowIfNullOrEmpty(snapshotFolder);
        ArgumentNullException.ThrowIfNull(spec);
        options ??= new SnapshotOptions();
        string name = options.Name ?? spec.Name;
        string folder = Path.GetFullPath(snapshotFolder);
        Snapshot[] snapshots = [.. Collect(artifactFolder, spec, options)];
        return Guard(folder, () =>
        {
            var entries = new List<SnapshotEntry>();
            foreach (Snapshot snapshot in snapshots)
                entries.Add(Compare(snapshot, name, folder, options.WriteReceived));
            entries.AddRange(Leftovers(name, folder, options, entries));
            return new SnapshotResult(folder, [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
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
        return Guard(result.Directory, () =>
        {
            foreach (SnapshotEntry entry in result.Entries)
            {
                if (entry.Status is SnapshotStatus.New or SnapshotStatus.NotEqual)
                    File.Move(entry.Received, entry.Verified, overwrite: true);
                else if (entry.Status == SnapshotStatus.Delete)
                    File.Delete(entry.Verified);
            }

            return result;
        });
    }

    private static IEnumerable<Snapshot> Collect(string folder, Spec spec, SnapshotOptions options)
    {
        var exact = new TextComparer();
        yield return new Snapshot("spec", "yaml", Read(folder, ArtifactFolder.ResolvedSpec), exact);
        yield return new Snapshot("architecture", "txt", Read(folder, ArtifactFolder.Architecture), exact);
        yield return new Snapshot("arrays", "txt", Encoding.UTF8.GetBytes(Arrays(folder)), exact);
        yield return new Snapshot("loss", "csv", Read(folder, ArtifactFolder.Loss), new CurveComparer(options.CurveTolerance(spec)));
        yield return new Snapshot("metrics", "json", Metrics(folder), new MetricsComparer(metric => options.MetricTolerance(spec, metric)));
        string plots = Path.Combine(folder, ArtifactFolder.Plots);
        if (!options.Pictures || !Directory.Exists(plots))
            yield break;
        double mean = options.MeanSimilarity ?? spec.Checks.ImageSimilarity ?? 0.95;
        double worst = options.WorstWindow ?? spec.Checks.ImageSimilarity ?? 0.5;
        foreach (string file in Directory.GetFiles(plots, "*.png").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
            yield return new Snapshot(Path.GetFileNameWithoutExtension(file), "png", Read(plots, file), new PictureComparer(mean, worst));
    }

    private static SnapshotEntry Compare(Snapshot snapshot, string name, string folder, bool writeReceived)
    {
        string received = Path.Combine(folder, $"{name}.{snapshot.What}.received.{snapshot.Extension}");
        string verified = Path.Combine(folder, $"{name}.{snapshot.What}.verified.{snapshot.Extension}");
        string whole = $"{name}.{snapshot.What}.{snapshot.Extension}";
        SnapshotStatus status = SnapshotStatus.Equal;
        string explanation = "";
        if (!File.Exists(verified))
        {
            status = SnapshotStatus.New;
            explanation = snapshot.IsText ? Shortened.Join(Encoding.UTF8.GetString(snapshot.Content).TrimEnd('\n').Split('\n'), MaxLinesOfNewText) : "";
        }
        else if (Difference(snapshot, File.ReadAllBytes(verified)) is string difference)
        {
            status = SnapshotStatus.NotEqual;
            explanation = difference;
        }

        if (status == SnapshotStatus.Equal)
        {
            // What an earlier run left is out of date.
            File.Delete(received);
        }
        else if (writeReceived)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(received + ".tmp", snapshot.Content);
            File.Move(received + ".tmp", received, overwrite: true);
        }

        return new SnapshotEntry(whole, status, received, verified, explanation);
    }

    private static string? Difference(Snapshot snapshot, byte[] verified)
    {
        if (snapshot.Content.AsSpan().SequenceEqual(verified))
            return null;
        try
        {
            return snapshot.Comparer.Compare(snapshot.Content, verified);
        }
        catch (FormatException e)
        {
            return $"the files cannot be compared: {e.Message}";
        }
    }

    private static IEnumerable<SnapshotEntry> Leftovers(string name, string folder, SnapshotOptions options, List<SnapshotEntry> made)
    {
        if (!Directory.Exists(folder))
            yield break;
        HashSet<string> known = [.. made.Select(entry => entry.Verified)];
        foreach (string path in Directory.GetFiles(folder, $"{name}.*.verified.*").Order(StringComparer.Ordinal))
        {
            if (known.Contains(path) || (!options.Pictures && Path.GetExtension(path) == ".png"))
                continue;
            string file = Path.GetFileName(path);
            yield return new SnapshotEntry(
                file.Replace(".verified.", ".", StringComparison.Ordinal),
                SnapshotStatus.Delete,
                Path.Combine(folder, file.Replace(".verified.", ".received.", StringComparison.Ordinal)),
                path,
                "");
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

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(folder, 0, 0), e.Message), e);
        }
    }
}
