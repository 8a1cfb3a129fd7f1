namespace Vae.Artifacts.Snapshots;

/// <summary>The names of one snapshot's files: <c>&lt;set&gt;.&lt;what&gt;.verified.&lt;extension&gt;</c>.</summary>
/// <param name="Folder">The folder of all of them.</param>
/// <param name="Set">The model's name, which may hold dots: <c>mnist-mlp</c>.</param>
/// <param name="What">What it is a snapshot of, without a dot: <c>metrics</c>, or a plot's name.</param>
/// <param name="Extension">The extension without the dot.</param>
internal sealed record SnapshotName(string Folder, string Set, string What, string Extension)
{
    public string Whole => $"{Set}.{What}.{Extension}";

    public string Verified => Path.Combine(Folder, $"{Set}.{What}.verified.{Extension}");

    public string Received => Path.Combine(Folder, $"{Set}.{What}.received.{Extension}");

    /// <summary>The picture of the differences of two pictures. It has <c>.received.</c> in its name, so that whoever ignores those ignores it.</summary>
    public string Difference => Path.Combine(Folder, $"{Set}.{What}.received.diff.{Extension}");

    public SnapshotParts Part => (What, Extension) switch
    {
        ("spec", "yaml") => SnapshotParts.Spec,
        ("architecture", "txt") => SnapshotParts.Architecture,
        ("arrays", "txt") => SnapshotParts.Arrays,
        ("loss", "csv") => SnapshotParts.Curve,
        ("metrics", "json") => SnapshotParts.Metrics,
        (_, "png") => SnapshotParts.Images,
        _ => SnapshotParts.None,
    };

    /// <summary>The name that a file belongs to; <c>null</c> for a file of another kind.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="state"><c>verified</c> or <c>received</c>.</param>
    public static SnapshotName? Of(string path, string state) =>
        Path.GetFileName(path).Split('.') is [_, .., _, { } middle, _] parts && middle == state
            ? new SnapshotName(Path.GetDirectoryName(path)!, string.Join('.', parts[..^3]), parts[^3], parts[^1])
            : null;

    /// <summary>The files of a set in a folder that are in a state, ordered by name; none where there is no such folder.</summary>
    public static IEnumerable<SnapshotName> In(string folder, string set, string state) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"*.{state}.*").Order(StringComparer.Ordinal).Select(path => Of(path, state)).OfType<SnapshotName>().Where(name => name.Set == set)
        : [];
}
