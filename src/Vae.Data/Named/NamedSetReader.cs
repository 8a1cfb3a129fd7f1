using Vae.Data.Sources;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Named;

/// <summary>Reads a named set, and refuses files that are not what the name says.</summary>
internal static class NamedSetReader
{
    /// <summary>How large the set is, as its catalogue row says and the spec's shape asks.</summary>
    public static SetSize Measure(NamedSet set, DataSpec spec)
    {
        NamedDataSet known = DataSetCatalogue.Find(set.Name)!;
        return new SetSize(known.Train + known.Test, spec.Shape.Size, AreBytes: true) { Beside = sizeof(int) };
    }

    /// <summary>Finds or downloads the set, reads it, and brings its pictures to the size that the spec's shape asks for.</summary>
    public static SourceContent Read(NamedSet set, SourceRequest request)
    {
        IReadOnlyList<string> paths = NamedSetSearch.Find(set, request.Options) ?? NamedSetDownload.Fetch(set, request.Options);
        List<DataFileDigest> files = [];
        RawExamples train = IdxSource.ReadPair(paths[0], paths[1], request, files);
        RawExamples test = IdxSource.ReadPair(paths[2], paths[3], request, files);
        foreach ((NamedFile known, DataFileDigest file, string path) in set.Files.Zip(files, paths))
        {
            if (file.Sha256 != known.Sha256)
            {
                throw DataFault.At(
                    DiagnosticTable.Data.Digest,
                    path,
                    $"this is not the {known.Name} of '{set.Name}': the SHA-256 of its content is {file.Sha256}, it must be {known.Sha256}");
            }
        }

        return new SourceContent(Resized(train, request.Spec.Shape), Resized(test, request.Spec.Shape), files) { LabelNames = set.LabelNames, Classes = DataSetCatalogue.Find(set.Name)?.Classes };
    }

    // The language has checked that channels and proportions are the same; a shape of as many numbers only arranges them anew.
    private static RawExamples Resized(RawExamples examples, Shape asked)
    {
        RawArray stored = examples.Values;
        if (asked.Size * stored.Count == stored.Bytes!.Length)
            return examples;
        (int width, int height) = (stored.Axes[^1], stored.Axes[^2]);
        int plane = width * height, target = asked[1] * asked[2], planes = stored.Bytes.Length / plane;
        byte[] resized = GC.AllocateUninitializedArray<byte>(planes * target);
        Parallel.For(0, planes, i => ImageResampler.Resize(stored.Bytes.AsSpan(i * plane, plane), 1, (width, height), (asked[2], asked[1])).CopyTo(resized, i * target));
        return examples with { Values = stored with { Axes = [stored.Count, .. asked], Bytes = resized } };
    }

    /// <summary>The digests: those that the table says, since other files would be refused.</summary>
    public static IReadOnlyList<DataFileDigest> Digest(NamedSet set) =>
        [.. set.Files.Select(file => new DataFileDigest(file.Name, file.Sha256))];
}
