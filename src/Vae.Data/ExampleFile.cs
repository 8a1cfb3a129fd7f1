using System.Globalization;
using Vae.Data.Sources;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>
/// Reads files of examples for a model that is trained already: what the sources of training read, by the file's name, without split and scale.
/// <c>.npy</c>, <c>.csv</c>, PNG and JPEG pictures and folders of them, and files of MNIST's format (<c>…-ubyte</c>); all but pictures plain or
/// with a further <c>.gz</c>.
/// </summary>
public static class ExampleFile
{
    private const string LabelColumn = "label";

    // What our own tables begin and end with; no features.
    private static readonly string[] OwnColumns = ["example", "sample", "step", "file", LabelColumn];

    /// <summary>What can be read, for messages.</summary>
    public const string Forms = ".npy, .csv, .png, .jpg, a folder of pictures, or a file of MNIST's format (…-ubyte)";

    /// <summary>Whether something of that name can be read.</summary>
    public static bool CanRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path) || KindOf(path) is not null;
    }

    /// <summary>Reads examples of a spec's shape.</summary>
    /// <param name="path">The file, or a folder of pictures.</param>
    /// <param name="data">The spec's <c>data</c>: shape, window and the column of labels count.</param>
    /// <param name="columns">The columns of a table in the model's order; empty for all but labels, times and our own numbering.</param>
    /// <param name="labels">The column of labels (csv) or their file (npy, idx); <c>null</c> for the spec's own column, or one named <c>label</c>, where it is there.</param>
    /// <param name="stride">How many rows after one window of a series the next begins; <c>null</c> for its length, so that no row is twice.</param>
    /// <exception cref="VaeException">The file is missing, broken, or of another shape (VAE3xxx).</exception>
    public static StoredExamples Read(string path, DataSpec data, IReadOnlyList<string> columns, string? labels = null, int? stride = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(columns);
        string full = Path.GetFullPath(path);
        string? kind = Directory.Exists(full) ? "images" : KindOf(full);
        DataSpec asked = new() { Source = kind, Path = full, Labels = labels, Columns = ValueList.From(columns), Shape = data.Shape, Scale = Scaling.None };
        switch (kind)
        {
            case "images":
                return Pictures(RequestOf(asked));
            case "csv":
                return Fit(Table(asked, data), data, stride);
            case "npy" or "idx":
                SourceRequest request = RequestOf(asked);
                SourceContent content = SourceTable.Find(kind)!.Read(request);
                return Fit(content, data, stride);
            default:
                throw DataFault.At(DiagnosticTable.Data.NotFound, full, $"what it holds cannot be told from its name; there can be read: {Forms}");
        }
    }

    /// <summary>Reads codes: of a table the columns <c>z0</c>, <c>z1</c> … where it has them all, else every column but labels and our own numbering.</summary>
    /// <param name="path">An npy file [n, size] or a csv file.</param>
    /// <param name="size">How many numbers a code has.</param>
    /// <param name="labels">The column of labels (csv) or their file (npy); <c>null</c> for a column named <c>label</c>, where it is there.</param>
    /// <exception cref="VaeException">The file is missing, broken, or holds codes of another length (VAE3xxx).</exception>
    public static StoredExamples ReadCodes(string path, int size, string? labels = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] names = [.. Enumerable.Range(0, size).Select(i => "z" + i.ToString(CultureInfo.InvariantCulture))];
        bool named = KindOf(path) == "csv" && names.All(CsvSource.HeaderOf(Path.GetFullPath(path)).Contains);
        return Read(path, new DataSpec { Shape = [size] }, named ? names : [], labels);
    }

    private static string? KindOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".npy" => "npy",
            ".csv" => "csv",
            ".png" or ".jpg" or ".jpeg" when name == path => "images",
            _ => name.EndsWith("-ubyte", StringComparison.OrdinalIgnoreCase) ? "idx" : null,
        };
    }

    private static SourceRequest RequestOf(DataSpec spec)
    {
        DataLoadOptions options = new() { SpecDirectory = Directory.GetCurrentDirectory() };
        return new SourceRequest(spec, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, options);
    }

    private static StoredExamples Pictures(SourceRequest request)
    {
        (RawExamples pictures, string[] names, string[]? classes) = ImagesSource.ReadLoose(request);
        return Of(StoredShape.Fit(pictures, request.Spec.Shape), request.Spec.Shape) with { Names = names, Labels = classes };
    }

    /// <summary>A table's features, with the labels where it has them: a column that a spec names must be in its data, and need not be here.</summary>
    private static SourceContent Table(DataSpec asked, DataSpec data)
    {
        string[] header = CsvSource.HeaderOf(asked.Path!);
        string? labels = asked.Labels ?? new[] { data.Labels, LabelColumn }.FirstOrDefault(name => name is not null && header.Contains(name));
        IReadOnlyList<string> columns = asked.Columns.Count > 0
            ? asked.Columns
            : [.. header.Where(name => name != labels && name != data.Time && !OwnColumns.Contains(name))];
        // A column that is a feature of the model is none of its labels.
        if (asked.Labels is null && labels is not null && columns.Contains(labels))
            labels = null;
        return new CsvSource().Read(RequestOf(asked with { Labels = labels, Columns = ValueList.From(columns) }));
    }

    private static StoredExamples Fit(SourceContent content, DataSpec data, int? stride)
    {
        RawExamples rows = content.Train;
        StoredExamples examples;
        int left = 0;
        if (data.Window is { } window && rows.Values.ExampleShape.Size != data.Shape.Size)
        {
            int count = rows.Values.Count, step = stride ?? window.Length;
            if (count < window.Length)
                throw DataFault.At(DiagnosticTable.Data.Empty, rows.Values.Path, string.Create(CultureInfo.InvariantCulture, $"there are {count} rows, fewer than the {window.Length} of one window"));
            int[] starts = [.. Enumerable.Range(0, ((count - window.Length) / step) + 1).Select(index => index * step)];
            left = count - starts[^1] - window.Length;
            RawExamples fitted = StoredShape.Fit(rows, [(int)(data.Shape.Size / window.Length)]);
            examples = Windows(fitted, starts, window.Length, data.Shape);
        }
        else
        {
            examples = Of(StoredShape.Fit(rows, data.Shape), data.Shape);
        }

        return examples with { RowsLeft = left, Labels = examples.Labels is null ? null : [.. examples.Labels.Select(label => NameOf(label, content.LabelNames))] };
    }

    // Labels that are names come as numbers of this file's names, which need not be those of the model.
    private static string NameOf(string label, IReadOnlyList<string>? names) => names is null ? label : names[int.Parse(label, CultureInfo.InvariantCulture)];

    private static StoredExamples Windows(RawExamples rows, int[] starts, int length, Shape shape)
    {
        StoredExamples all = Of(rows, [(int)rows.Values.ExampleShape.Size]);
        int size = (int)shape.Size, features = size / length;
        float[] values = new float[checked(starts.Length * size)];
        for (int i = 0; i < starts.Length; i++)
            Array.Copy(all.Values, starts[i] * features, values, i * size, size);
        return all with { Shape = shape, Values = values, Labels = all.Labels is { } labels ? [.. starts.Select(start => labels[start + length - 1])] : null };
    }

    private static StoredExamples Of(RawExamples examples, Shape shape)
    {
        RawArray values = examples.Values;
        return new StoredExamples(shape, values.Floats ?? Array.ConvertAll(values.Bytes!, value => (float)value))
        {
            ByteMaximum = values.Bytes is null ? null : values.ByteMaximum,
            Labels = examples.Labels is { } labels ? [.. labels.Select(label => label.ToString(CultureInfo.InvariantCulture))] : null,
        };
    }
}
