using Vae.Data.Named;
using Vae.Data.Sources;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data;

/// <summary>From a spec's <c>data:</c> to arrays.</summary>
public static class DataSetLoader
{
    /// <summary>Reads the data of a spec, parts it with the spec's own seed, scales and binarizes it.</summary>
    /// <param name="spec">What will be trained.</param>
    /// <param name="folder">Relative paths start there, and named sets are looked for there and above; the current folder unless given.</param>
    /// <exception cref="VaeException">The data is missing, broken or does not fit the spec (VAE3xxx).</exception>
    public static DataSet Load(Spec spec, string folder = ".")
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Load(spec.Data, new DataLoadOptions { SpecDirectory = Path.GetFullPath(folder), Seed = spec.Train.Seed });
    }

    /// <summary>
    /// Reads the data, parts it (test, then limit, then validation, each by a draw of its own), scales it (fitted on what is trained
    /// on), and binarizes it where the spec says <c>static</c>. <c>dynamic</c> is the trainer's: the values stay grey here.
    /// </summary>
    /// <exception cref="VaeException">The data is missing, broken or does not fit the spec (VAE3xxx).</exception>
    /// <exception cref="OperationCanceledException">The options' token says so.</exception>
    public static DataSet Load(DataSpec spec, DataLoadOptions options)
    {
        SourceRequest request = Request(spec, options);
        SourceContent content = spec.Dataset is not null
            ? NamedSetReader.Read(NamedSetTable.Get(spec.Dataset), request)
            : Source(spec).Read(request);

        RawExamples train = StoredShape.Fit(content.Train, spec.Shape);
        RawExamples? test = content.Test is null ? null : StoredShape.Fit(content.Test, spec.Shape);
        RawExamples? validation = null;
        if (test is null && spec.Test is not null)
            (test, train) = HoldOut(train, spec.Test.Value, options.Seed, "test");
        if (spec.Limit is not null)
            (train, _) = HoldOut(train, spec.Limit.Value, options.Seed, "limit");
        if (spec.Validation is not null)
            (validation, train) = HoldOut(train, spec.Validation.Value, options.Seed, "validation");
        foreach ((string name, RawExamples? split) in new[] { ("training", train), ("validation", validation), ("test", test) })
        {
            if (split?.Values.Count == 0)
                throw DataFault.At(DiagnosticTable.Data.EmptySplit, content.Train.Values.Path, $"no examples are left for the {name} split");
        }

        RawExamples?[] splits = [train, validation, test];
        int? classes = train.Labels is null ? null : content.Classes ?? splits.OfType<RawExamples>().Max(split => split.Labels?.Max() ?? 0) + 1;
        Examples?[] scaled = Scale(splits, spec);
        return new DataSet
        {
            Name = spec.Dataset ?? spec.Path ?? "",
            Shape = spec.Shape,
            Train = scaled[0]!,
            Validation = scaled[1],
            Test = scaled[2],
            Classes = classes,
            LabelNames = content.LabelNames,
            Files = content.Files,
        };
    }

    /// <summary>
    /// The digests that <see cref="Load"/> would give, for up-to-date checks: files are hashed and nothing is parsed. A named set is
    /// not even opened, since other content would be refused.
    /// </summary>
    /// <exception cref="VaeException">A file is missing or cannot be read.</exception>
    public static IReadOnlyList<DataFileDigest> Digest(DataSpec spec, DataLoadOptions options) =>
        spec.Dataset is not null ? NamedSetReader.Digest(NamedSetTable.Get(spec.Dataset)) : Source(spec).Digest(Request(spec, options));

    private static DataSource Source(DataSpec spec) =>
        SourceTable.Find(spec.Source ?? "")
        ?? throw DataFault.Of(
            DiagnosticTable.Data.NotFound,
            $"there is no source '{spec.Source}'; there are: {string.Join(", ", SourceTable.All.Select(row => row.Name))}");

    private static SourceRequest Request(DataSpec spec, DataLoadOptions options) =>
        new(spec, options.MemoryLimit ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), options);

    private static (RawExamples Drawn, RawExamples Others) HoldOut(RawExamples all, Amount amount, int seed, string purpose)
    {
        (int[] drawn, int[] others) = SeededDraw.Part(all.Values.Count, amount.Of(all.Values.Count), seed, purpose);
        return (all.Select(drawn), all.Select(others));
    }

    private static Examples?[] Scale(RawExamples?[] splits, DataSpec spec)
    {
        RawArray train = splits[0]!.Values;
        bool fitted = spec.Scale == Scaling.Standard || (train.Bytes is null && spec.Scale != Scaling.None);
        FeatureScale? scale = fitted ? FeatureScale.Fit(train, spec.Scale) : null;
        return Array.ConvertAll(splits, split => split is null ? null : Finish(split, scale, spec));
    }

    private static Examples Finish(RawExamples split, FeatureScale? scale, DataSpec spec)
    {
        RawArray values = split.Values;
        bool binarize = spec.Binarize == Binarization.Static;
        if (scale is null && values.Bytes is not null)
        {
            float maximum = values.ByteMaximum;
            (float factor, float term) = spec.Scale switch
            {
                Scaling.Unit => (1 / maximum, 0f),
                Scaling.Symmetric => (2 / maximum, -1f),
                _ => (1f, 0f),
            };
            return binarize
                ? new Examples(spec.Shape, Array.ConvertAll(values.Bytes, raw => (byte)((raw * factor) + term >= 0.5f ? 1 : 0)), 1, 0, split.Labels)
                : new Examples(spec.Shape, values.Bytes, factor, term, split.Labels);
        }

        float[] floats = scale?.Apply(values) ?? values.Floats!;
        return binarize
            ? new Examples(spec.Shape, Array.ConvertAll(floats, value => (byte)(value >= 0.5f ? 1 : 0)), 1, 0, split.Labels)
            : new Examples(spec.Shape, floats, split.Labels);
    }
}
