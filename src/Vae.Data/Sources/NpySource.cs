using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>An array of NumPy, <c>[n, …shape]</c>, and perhaps a second one with the labels.</summary>
internal sealed class NpySource : DataSource
{
    /// <inheritdoc/>
    public override string Name => "npy";

    /// <inheritdoc/>
    public override SetSize Measure(SourceRequest request)
    {
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        return NpyFormat.Measure(file);
    }

    /// <inheritdoc/>
    public override SourceContent Read(SourceRequest request)
    {
        List<DataFileDigest> files = [];
        RawArray values = ReadArray(request.Path, request, files);
        RawArray? labels = request.LabelsPath is null ? null : ReadArray(request.LabelsPath, request, files);
        return new SourceContent(RawExamples.Of(values, labels), null, files);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request)
    {
        string[] paths = request.LabelsPath is null ? [request.Path] : [request.Path, request.LabelsPath];
        return Array.ConvertAll(paths, path => DataFile.DigestOf(path, request.Cancellation));
    }

    private static RawArray ReadArray(string path, SourceRequest request, List<DataFileDigest> files)
    {
        using DataFile file = DataFile.Open(path, request.Cancellation);
        RawArray array = NpyFormat.Read(file, request);
        files.Add(file.DigestAtEnd());
        return array;
    }
}
