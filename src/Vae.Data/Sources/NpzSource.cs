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
    public override SourceContent Read(SourceRequest request)
    {
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        using MemoryStream bytes = new(file.ReadWhole(request.MemoryLimit), writable: false);
        DataFileDigest digest = file.DigestAtEnd();
        try
        {
            using ZipArchive archive = new(bytes, ZipArchiveMode.Read);
            Dictionary<string, ZipArchiveEntry> arrays = archive.Entries
                .Where(entry => entry.FullName.EndsWith(Suffix, StringComparison.Ordinal))
                .DistinctBy(entry => entry.FullName)
                .ToDictionary(entry => entry.FullName[..^Suffix.Length]);
            RawArray? Array(string? name) => name is not null && arrays.TryGetValue(name, out ZipArchiveEntry? entry) ? ReadArray(entry, bytes.Length, request) : null;

            string? labels = request.Spec.Labels;
            if (labels is not null && !arrays.ContainsKey(labels))
                throw DataFault.At(DiagnosticTable.Data.Array, request.Path, $"there is no array '{labels}' for the labels; there are: {Names(arrays)}");
            if (!arrays.ContainsKey("x_train"))
                return new SourceContent(RawExamples.Of(Array(DataName(arrays, request))!, Array(labels)), null, [digest]);

            labels ??= "y_train";
            RawExamples train = RawExamples.Of(Array("x_train")!, Array(labels));
            RawArray? test = Array("x_test");
            string testLabels = labels.Replace("train", "test", StringComparison.Ordinal);
            return new SourceContent(train, test is null ? null : RawExamples.Of(test, testLabels == labels ? null : Array(testLabels)), [digest]);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw DataFault.At(DiagnosticTable.Data.Malformed, request.Path, $"this is no zip archive, or a broken one: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request) => [DataFile.DigestOf(request.Path, request.Cancellation)];

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

    private static RawArray ReadArray(ZipArchiveEntry entry, long archiveLength, SourceRequest request)
    {
        // The archive's own directory may lie about the entry's length.
        long stored = Math.Min(entry.CompressedLength, archiveLength);
        using DataFile file = DataFile.Inside(request.Path + "/" + entry.FullName, entry.Open(), stored, request.Cancellation);
        RawArray array = NpyFormat.Read(file, request.MemoryLimit);
        file.DigestAtEnd();
        return array;
    }
}
