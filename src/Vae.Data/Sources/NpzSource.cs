using System.IO.Compression;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>
/// Several arrays of NumPy in a zip archive. With <c>x_train</c> in it, the archive is read as Keras writes them (<c>x_train</c>,
/// <c>y_train</c>, <c>x_test</c>, <c>y_test</c>); else the data is the array <c>data</c>, or the only one besides the labels.
/// </summary>
internal sealed class NpzSource : DataSource
{
    private const string Suffix = ".npy";

    /// <inheritdoc/>
    public override string Name => "npz";

    /// <inheritdoc/>
    public override SetSize Measure(SourceRequest request)
    {
        // The directory of an archive stands at its end.
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        try
        {
            using FileStream stream = new(request.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            Members members = Choose(archive, request);
            SetSize train = MeasureArray(members.Train, stream.Length, request);
            return members.Test is null ? train : train with { Examples = train.Examples + MeasureArray(members.Test, stream.Length, request).Examples };
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw Broken(request, e);
        }
    }

    /// <inheritdoc/>
    public override SourceContent Read(SourceRequest request)
    {
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        using MemoryStream bytes = new(file.ReadWhole(request.MemoryLimit), writable: false);
        DataFileDigest digest = file.DigestAtEnd();
        try
        {
            using ZipArchive archive = new(bytes, ZipArchiveMode.Read);
            Members members = Choose(archive, request);
            RawArray? Array(ZipArchiveEntry? entry) => entry is null ? null : ReadArray(entry, bytes.Length, request);
            RawExamples train = RawExamples.Of(Array(members.Train)!, Array(members.Labels));
            return new SourceContent(train, members.Test is null ? null : RawExamples.Of(Array(members.Test)!, Array(members.TestLabels)), [digest]);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw Broken(request, e);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request) => [DataFile.DigestOf(request.Path, request.Cancellation)];

    private static Members Choose(ZipArchive archive, SourceRequest request)
    {
        Dictionary<string, ZipArchiveEntry> arrays = archive.Entries
            .Where(entry => entry.FullName.EndsWith(Suffix, StringComparison.Ordinal))
            .DistinctBy(entry => entry.FullName)
            .ToDictionary(entry => entry.FullName[..^Suffix.Length]);
        string? labels = request.Spec.Labels;
        if (labels is not null && !arrays.ContainsKey(labels))
            throw DataFault.At(DiagnosticTable.Data.Array, request.Path, $"there is no array '{labels}' for the labels; there are: {Names(arrays)}");
        if (!arrays.TryGetValue("x_train", out ZipArchiveEntry? train))
            return new Members(arrays[DataName(arrays, request)], labels is null ? null : arrays[labels], null, null);

        labels ??= "y_train";
        string testLabels = labels.Replace("train", "test", StringComparison.Ordinal);
        return new Members(
            train,
            arrays.GetValueOrDefault(labels),
            arrays.GetValueOrDefault("x_test"),
            testLabels == labels ? null : arrays.GetValueOrDefault(testLabels));
    }

    private static VaeException Broken(SourceRequest request, Exception inner) =>
        DataFault.At(DiagnosticTable.Data.Malformed, request.Path, $"this is no zip archive, or a broken one: {inner.Message}", inner);

    private static string DataName(Dictionary<string, ZipArchiveEntry> arrays, SourceRequest request)
    {
        if (arrays.ContainsKey("data"))
            return "data";
        string[] candidates = [.. arrays.Keys.Where(name => name != request.Spec.Labels)];
        return candidates.Length == 1
            ? candidates[0]
            : throw DataFault.At(
                DiagnosticTable.Data.Array,
                request.Path,
                $"which of the {candidates.Length} arrays is the data? There are: {Names(arrays)}");
    }

    private static string Names(Dictionary<string, ZipArchiveEntry> arrays) => string.Join(", ", arrays.Keys.Order(StringComparer.Ordinal));

    private static SetSize MeasureArray(ZipArchiveEntry entry, long archiveLength, SourceRequest request)
    {
        using DataFile file = OpenEntry(entry, archiveLength, request);
        return NpyFormat.Measure(file);
    }

    private static RawArray ReadArray(ZipArchiveEntry entry, long archiveLength, SourceRequest request)
    {
        using DataFile file = OpenEntry(entry, archiveLength, request);
        RawArray array = NpyFormat.Read(file, request);
        file.DigestAtEnd();
        return array;
    }

    private static DataFile OpenEntry(ZipArchiveEntry entry, long archiveLength, SourceRequest request)
    {
        // The archive's own directory may lie about the entry's length.
        long stored = Math.Min(entry.CompressedLength, archiveLength);
        return DataFile.Inside(request.Path + "/" + entry.FullName, entry.Open(), stored, request.Cancellation);
    }

    /// <summary>The arrays that are read.</summary>
    private sealed record Members(ZipArchiveEntry Train, ZipArchiveEntry? Labels, ZipArchiveEntry? Test, ZipArchiveEntry? TestLabels);
}
