using System.Globalization;
using System.Text;
using CsvHelper;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>
/// A table with a header: a row an example or a step of a series, a column a feature, perhaps one of labels and one of times. What
/// parts the fields (comma, semicolon, tab, bar) is told by the first lines; numbers have a point whatever the machine's culture.
/// </summary>
internal sealed class CsvSource : DataSource
{
    private static readonly CsvReaderOptions Options = new()
    {
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,

        // A longer row is a quote that nobody closed.
        MaxRecordSize = 1 << 26,
    };

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <summary>Told by the length of the file and of its first rows.</summary>
    public override SetSize Measure(SourceRequest request)
    {
        const int SampleLength = 1 << 20;
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        byte[] start = new byte[SampleLength];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        (int header, int rows, int end) = CountRows(start.AsSpan(0, length));
        bool whole = length < SampleLength;
        double count = whole || rows == 0 ? rows : (double)(file.EstimatedLength - header) * rows / (end - header);
        DataSpec spec = request.Spec;
        return new SetSize(count, (double)spec.Shape.Size / (spec.Window?.Length ?? 1), AreBytes: false)
        {
            Beside = (spec.Labels is null ? 0 : sizeof(int)) + (spec.Time is null ? 0 : sizeof(decimal) + sizeof(int)) + (spec.Window is null ? 0 : sizeof(int) + sizeof(long)),
            IsEstimate = !whole,
        };
    }

    /// <inheritdoc/>
    public override SourceContent Read(SourceRequest request)
    {
        using DataFile file = DataFile.Open(request.Path, request.Cancellation);
        try
        {
            using CsvReader reader = CsvReader.Create(file, Options, leaveOpen: true);
            Table table = new(request, [.. reader.Headers.Select(name => name.Trim())]);
            while (reader.Read())
                table.Add(reader);
            (int[]? labels, string[]? names) = table.Labels();
            return new SourceContent(new RawExamples(table.Values(), labels), null, [file.DigestToEnd()])
            {
                LabelNames = names,
                Classes = names?.Length,
                Columns = table.Columns,
                Times = table.Times,
            };
        }
        catch (CsvFormatException e)
        {
            throw DataFault.AtLine(
                DiagnosticTable.Data.Malformed,
                request.Path,
                (int)Math.Max(1, e.LineNumber),
                "the row that begins here is no csv: a quote stands inside a field, or is not closed",
                e);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataFileDigest> Digest(SourceRequest request) => [DataFile.DigestOf(request.Path, request.Cancellation)];

    /// <summary>The names of a table's columns.</summary>
    public static string[] HeaderOf(string path)
    {
        using DataFile file = DataFile.Open(path, default);
        try
        {
            using CsvReader reader = CsvReader.Create(file, Options, leaveOpen: true);
            return [.. reader.Headers.Select(name => name.Trim())];
        }
        catch (CsvFormatException e)
        {
            throw DataFault.AtLine(DiagnosticTable.Data.Malformed, path, 1, "the first line is no csv: a quote stands inside a field, or is not closed", e);
        }
    }

    /// <summary>Where the header ends, how many whole rows follow it, and where the last of them ends. A line break in quotes ends no row.</summary>
    private static (int Header, int Rows, int End) CountRows(ReadOnlySpan<byte> text)
    {
        int header = 0, rows = 0, end = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'"')
                quoted = !quoted;
            if (text[i] != (byte)'\n' || quoted)
                continue;
            end = i + 1;
            if (header == 0)
                header = end;
            else
                rows++;
        }

        return (header, rows, end);
    }

    private static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>What has been read of the table.</summary>
    private sealed class Table
    {
        private readonly SourceRequest request;
        private readonly string[] header;
        private readonly int[] features;
        private readonly int labelColumn;
        private readonly int timeColumn;
        private readonly List<float> values = [];
        private readonly Dictionary<string, int> labelTexts = [];
        private readonly List<int> labels = [];
        private int count;

        public Table(SourceRequest request, string[] header)
        {
            this.request = request;
            this.header = header;
            if (header.Length == 0)
                throw DataFault.At(DiagnosticTable.Data.Empty, request.Path, "the file is empty");
            if (header.All(column => TryParse(Encoding.UTF8.GetBytes(column), out _)))
                throw Fault(DiagnosticTable.Data.Column, 1, "the first line holds numbers; a csv file begins with the names of its columns");
            labelColumn = request.Spec.Labels is null ? -1 : Find(request.Spec.Labels);
            timeColumn = request.Spec.Time is null ? -1 : Find(request.Spec.Time);
            Times = timeColumn < 0 ? null : new Timeline(request.Path, header[timeColumn]);
            features = request.Spec.Columns.Count > 0
                ? [.. request.Spec.Columns.Select(Find)]
                : [.. Enumerable.Range(0, header.Length).Where(column => column != labelColumn && column != timeColumn)];
        }

        /// <summary>The features' names.</summary>
        public string[] Columns => [.. features.Select(column => header[column])];

        /// <summary>The times of the rows; or <c>null</c>.</summary>
        public Timeline? Times { get; }

        /// <summary>Adds the row at which the reader stands.</summary>
        public void Add(CsvReader row)
        {
            int line = (int)row.LineNumber;
            if (row.FieldCount != header.Length)
                throw Fault(DiagnosticTable.Data.RaggedRow, line, $"the row has {row.FieldCount} fields, the header {header.Length}");
            _ = RawArray.CheckedLength(request.Path, [count + 1, features.Length], request.MemoryLimit, sizeof(float));
            Times?.Add(row.GetString(timeColumn).Trim(), line);
            foreach (int column in features)
                values.Add(Number(row, column, line));
            if (labelColumn >= 0)
                labels.Add(LabelNumber(row, line));
            count++;
        }

        public RawArray Values() => new(request.Path, [count, features.Length]) { Floats = [.. values] };

        /// <summary>
        /// Labels that are all whole numbers from 0 are class numbers; else each distinct text is a class, in ordinal order.
        /// </summary>
        public (int[]? Labels, string[]? Names) Labels()
        {
            if (labelColumn < 0)
                return (null, null);
            // A text stands for its number, in the order in which the texts came.
            string[] texts = [.. labelTexts.Keys];
            int[] numbers = Array.ConvertAll(texts, label => int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1);
            if (numbers.All(number => number is >= 0 and < RawArray.MostClasses))
                return ([.. labels.Select(label => numbers[label])], null);
            if (texts.Length > RawArray.MostClasses)
                throw DataFault.At(DiagnosticTable.Data.LabelValue, request.Path, $"column '{header[labelColumn]}' holds {texts.Length} different labels");
            string[] names = [.. texts.Order(StringComparer.Ordinal)];
            int[] classes = Array.ConvertAll(texts, text => Array.BinarySearch(names, text, StringComparer.Ordinal));
            return ([.. labels.Select(label => classes[label])], names);
        }

        private float Number(CsvReader row, int column, int line)
        {
            ReadOnlySpan<byte> field = row.GetSpan(column);
            if (field.Trim((byte)' ').IsEmpty)
                throw Fault(DiagnosticTable.Data.BadNumber, line, $"column '{header[column]}' is empty");
            if (!TryParse(field, out double value))
                throw Fault(DiagnosticTable.Data.BadNumber, line, $"column '{header[column]}' holds '{Shown(row, column)}', which is no number");
            return float.IsFinite((float)value)
                ? (float)value
                : throw Fault(DiagnosticTable.Data.BadNumber, line, $"column '{header[column]}' holds {Shown(row, column)}, which is no finite number");
        }

        private int LabelNumber(CsvReader row, int line)
        {
            string label = row.GetString(labelColumn).Trim();
            if (label.Length == 0)
                throw Fault(DiagnosticTable.Data.LabelValue, line, $"the label in column '{header[labelColumn]}' is empty");
            if (!labelTexts.TryGetValue(label, out int number))
                labelTexts.Add(label, number = labelTexts.Count);
            return number;
        }

        private static string Shown(CsvReader row, int column)
        {
            string field = row.GetString(column);
            return field.Length <= 40 ? field : field[..40] + "…";
        }

        private int Find(string name)
        {
            int column = Array.IndexOf(header, name);
            if (column < 0)
                throw Fault(DiagnosticTable.Data.Column, 1, $"there is no column '{name}'; there are: {string.Join(", ", header)}");
            if (Array.LastIndexOf(header, name) != column)
                throw Fault(DiagnosticTable.Data.Column, 1, $"there are two columns '{name}'");
            return column;
        }

        private VaeException Fault(DiagnosticCode code, int line, string message) => DataFault.AtLine(code, request.Path, line, message);
    }
}
