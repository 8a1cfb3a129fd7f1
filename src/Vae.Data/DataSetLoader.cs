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
    /// Reads the data, cuts a series into windows, parts it (<see cref="SplitSpec"/>; else test, limit, validation, each by a draw of its
    /// own), scales it (fitted on what is trained on), and binarizes it where the spec says <c>static</c>. <c>dynamic</c> is the trainer's:
    /// the values stay grey here.
    /// </summary>
    /// <exception cref="VaeException">The data is missing, broken, too large or does not fit the spec (VAE3xxx).</exception>
    /// <exception cref="OperationCanceledException">The options' token says so.</exception>
    public static DataSet Load(DataSpec spec, DataLoadOptions options)
    {
        SourceRequest request = Request(spec, options);
        SourceContent content = Read(spec, request);
        CheckClasses(content, spec);
        RawExamples rows = StoredShape.Fit(content.Train, spec.Window is null ? spec.Shape : RowShape(spec));
        RawExamples? ownTest = content.Test is null ? null : StoredShape.Fit(content.Test, spec.Shape);
        string path = rows.Values.Path;
        (int[] gaps, Diagnostic? warning) = spec.Window is null || content.Times is null ? ([], null) : content.Times.FindGaps();

        Splitter splitter = new(spec, options.Seed, rows.Values.Count, content.Times, gaps, path);
        (int[] trainPlaces, int[]? validationPlaces, int[]? testPlaces) = splitter.Part(ownTest is not null);
        foreach ((string name, int[]? places) in new[] { ("training", trainPlaces), ("validation", validationPlaces), ("test", testPlaces) })
        {
            if (places?.Length == 0)
                throw splitter.Empty(name);
        }

        RawExamples train = Take(rows, trainPlaces, spec)!;
        RawExamples? validation = Take(rows, validationPlaces, spec), test = ownTest ?? Take(rows, testPlaces, spec);
        RawExamples?[] splits = [train, validation, test];
        int? classes = rows.Labels is null ? null : spec.Classes ?? content.Classes ?? splits.OfType<RawExamples>().Max(split => split.Labels?.Max() ?? 0) + 1;
        (Examples?[] scaled, DataUnits units) = Scale(splits, spec);
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
            Units = units with { Columns = ValueList.From(content.Columns ?? []), Labels = ValueList.From(content.LabelNames ?? []) },
            Warnings = warning is null ? [] : [warning],
        };
    }

    /// <summary>
    /// The digests that <see cref="Load(DataSpec, DataLoadOptions)"/> would give, for up-to-date checks: files are hashed and nothing is parsed. A named set is
    /// not even opened, since other content would be refused.
    /// </summary>
    /// <exception cref="VaeException">A file is missing or cannot be read.</exception>
    public static IReadOnlyList<DataFileDigest> Digest(DataSpec spec, DataLoadOptions options) =>
        spec.Dataset is not null ? NamedSetReader.Digest(NamedSetTable.Get(spec.Dataset)) : Source(spec).Digest(Request(spec, options));

    /// <summary>The digest of one file, as that of a data file: of a gzipped one, of what is inside.</summary>
    /// <exception cref="VaeException">The file is missing or cannot be read.</exception>
    public static DataFileDigest Digest(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DataFile.DigestOf(path, cancellation);
    }

    private static DataSource Source(DataSpec spec) =>
        SourceTable.Find(spec.Source ?? "")
        ?? throw DataFault.Of(
            DiagnosticTable.Data.NotFound,
            $"there is no source '{spec.Source}'; there are: {string.Join(", ", SourceTable.All.Select(row => row.Name))}");

    private static SourceRequest Request(DataSpec spec, DataLoadOptions options) =>
        new(spec, options.MemoryLimit ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), options);

    /// <summary>Looks at all that the source holds, so that a limit hides no wrong label.</summary>
    private static void CheckClasses(SourceContent content, DataSpec spec)
    {
        foreach (RawExamples split in new[] { content.Train, content.Test }.OfType<RawExamples>())
        {
            if (spec.Classes is not int classes || split.Labels is not { } labels)
                continue;
            int place = Array.FindIndex(labels, label => label >= classes);
            if (place < 0)
                continue;
            string found = content.LabelNames is { } names
                ? $"there are {names.Count} labels: {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}"
                : $"label {place} (from 0) is {labels[place]}, and class numbers begin with 0";
            throw DataFault.At(DiagnosticTable.Data.LabelRange, split.Values.Path, $"'data.classes' is {classes}, but {found}; write 'classes: {(content.LabelNames?.Count ?? labels.Max() + 1)}', or correct the labels");
        }
    }

    private static SourceContent Read(DataSpec spec, SourceRequest request)
    {
        if (spec.Dataset is not null)
        {
            NamedSet set = NamedSetTable.Get(spec.Dataset);
            NamedSetReader.Measure(set, spec).Require(request);
            return NamedSetReader.Read(set, request);
        }

        DataSource source = Source(spec);
        source.Measure(request).Require(request);
        return source.Read(request);
    }

    /// <summary>F, of a shape [T,F] that may be flattened.</summary>
    private static Shape RowShape(DataSpec spec) => [(int)(spec.Shape.Size / spec.Window!.Length)];

    private static RawExamples? Take(RawExamples rows, int[]? places, DataSpec spec)
    {
        if (places is null)
            return null;
        if (spec.Window is { } window)
            return SeriesWindows.Take(rows, places, window.Length);
        // Where all rows are taken, they need no copy.
        return places.Length == rows.Values.Count ? rows : rows.Select(places);
    }

    private static (Examples?[] Splits, DataUnits Units) Scale(RawExamples?[] splits, DataSpec spec)
    {
        RawArray train = splits[0]!.Values;
        bool fitted = spec.Scale == Scaling.Standard || (train.Bytes is null && spec.Scale != Scaling.None);
        FeatureScale? scale = fitted ? FeatureScale.Fit(train, spec.Scale) : null;
        DataUnits units = spec.Binarize != Binarization.None ? DataUnits.AsTheyAre : scale?.Units ?? ByteUnits(train, spec.Scale);
        return (Array.ConvertAll(splits, split => split is null ? null : Finish(split, scale, spec)), units);
    }

    private static DataUnits ByteUnits(RawArray train, Scaling scaling)
    {
        double maximum = train.ByteMaximum;
        return scaling switch
        {
            Scaling.Unit => new DataUnits { Factors = [maximum], Offsets = [0] },
            Scaling.Symmetric => new DataUnits { Factors = [maximum / 2], Offsets = [maximum / 2] },
            _ => DataUnits.AsTheyAre,
        };
    }

    private static Examples Finish(RawExamples split, FeatureScale? scale, DataSpec spec)
    {
        RawArray values = split.Values;
        bool binary = spec.Binarize is Binarization.Threshold or Binarization.Static;
        if (scale is not null || values.Bytes is not byte[] bytes)
        {
            float[] floats = scale?.Apply(values) ?? values.Floats!;
            return binary
                ? Binary(floats.Length, i => floats[i])
                : new Examples(spec.Shape, floats, split.Labels, split.Starts);
        }

        float maximum = values.ByteMaximum;
        (float factor, float term) = spec.Scale switch
        {
            Scaling.Unit => (1 / maximum, 0f),
            Scaling.Symmetric => (2 / maximum, -1f),
            _ => (1f, 0f),
        };
        return binary
            ? Binary(bytes.Length, i => (bytes[i] * factor) + term)
            : new Examples(spec.Shape, bytes, factor, term, split.Labels, split.Starts);

        Examples Binary(int count, Func<int, float> value) =>
            new(spec.Shape, Binarizer.Apply(spec.Binarize, count, (int)values.ExampleShape.Size, value), 1, 0, split.Labels, split.Starts);
    }
}
