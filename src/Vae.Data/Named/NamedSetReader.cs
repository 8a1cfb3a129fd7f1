using Vae.Data.Sources;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Named;

/// <summary>Reads a named set, and refuses files that are not what the name says.</summary>
internal static class NamedSetReader
{
    /// <summary>How large the set is, as its catalogue row says.</summary>
    public static SetSize Measure(NamedSet set)
    {
        NamedDataSet known = DataSetCatalogue.Find(set.Name)!;
        return new SetSize(known.Train + known.Test, known.Shape.Size, AreBytes: true) { Beside = sizeof(int) };
    }

    /// <summary>Finds or downloads the set, and reads it.</summary>
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

        return new SourceContent(train, test, files) { LabelNames = set.LabelNames, Classes = DataSetCatalogue.Find(set.Name)?.Classes };
    }

    /// <summary>The digests: those that the table says, since other files would be refused.</summary>
    public static IReadOnlyList<DataFileDigest> Digest(NamedSet set) =>
        [.. set.Files.Select(file => new DataFileDigest(file.Name, file.Sha256))];
}
