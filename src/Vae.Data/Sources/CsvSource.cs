using System.Globalization;
using System.Text;
using CsvHelper;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>
/// A table with a header: a row an example, a column a feature, perhaps a column of labels. What parts the fields (comma,
/// semicolon, tab, bar) is told by the first lines; numbers have a point whatever the machine's culture.
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
            return new SourceContent(new RawExamples(table.Values(), labels), null, [file.DigestToEnd()]) { LabelNames = names, Classes = names?.Length };
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

    private static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>What has been read of the table.</summary>
    private sealed class Table
    {
        private readonly SourceRequest request;
        private readonly string[] header;
        private readonly int[] features;
        private readonly int labelColumn;
        private readonly List<float> values = [];
        private readonly List<string> labels = [];
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
            features = request.Spec.Columns.Count > 0
                ? [.. request.Spec.Columns.Select(Find)]
                : [.. Enumerable.Range(0, header.Length).Where(column => column != labelColumn)];
        }

        /// <summary>Adds the row at which the reader stands.</summary>
        public void Add(CsvReader row)
        {
            int line = (int)row.LineNumber;
            if (row.FieldCount != header.Length)
                throw Fault(DiagnosticTable.Data.RaggedRow, line, $"the row has {row.FieldCount} fields, the header {header.Length}");
            _ = RawArray.CheckedLength(request.Path, [count + 1, features.Length], request.MemoryLimit);
            foreach (int column in features)
                values.Add(Number(row, column, line));
            if (labelColumn >= 0)
                labels.Add(Label(row, line));
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
            int[] numbers = [.. labels.Select(label => int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
            if (numbers.All(number => number is >= 0 and < RawArray.MostClasses))
                return (numbers, null);
            string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
            if (names.Length > RawArray.MostClasses)
                throw DataFault.At(DiagnosticTable.Data.LabelValue, request.Path, $"column '{header[labelColumn]}' holds {names.Length} different labels");
            Dictionary<string, int> classes = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
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

        private string Label(CsvReader row, int line)
        {
            string label = row.GetString(labelColumn).Trim();
            return label.Length > 0 ? label : throw Fault(DiagnosticTable.Data.LabelValue, line, $"the label in column '{header[labelColumn]}' is empty");
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
