using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>The times of a table's rows: read, checked to ascend, searched, and looked through for gaps.</summary>
/// <param name="path">The file.</param>
/// <param name="column">The column's name, for messages.</param>
internal sealed class Timeline(string path, string column)
{
    /// <summary>A step longer than this many usual ones is a gap; a sensor's jitter is far below.</summary>
    private const decimal GapInSteps = 1.5m;

    /// <summary>A series is regular when so many of its steps are the usual one, give or take a tenth.</summary>
    private const double RegularShare = 0.9;

    private readonly List<decimal> times = [];
    private readonly List<int> lines = [];
    private bool isDate;

    /// <summary>Adds the time of the next row.</summary>
    /// <exception cref="VaeException">It cannot be read, or is not after the one before.</exception>
    public void Add(string text, int line)
    {
        if (text.Length == 0)
            throw DataFault.AtLine(DiagnosticTable.Data.BadTime, path, line, $"column '{column}' is empty");
        if (!Moment.TryParse(text, out Moment moment))
            throw DataFault.AtLine(DiagnosticTable.Data.BadTime, path, line, $"column '{column}' holds '{(text.Length <= 40 ? text : text[..40] + "…")}', which is neither a date in ISO 8601 nor a number");
        if (times.Count == 0)
            isDate = moment.IsDate;
        else
            CheckNext(moment, text, line);
        times.Add(moment.Value);
        lines.Add(line);
    }

    /// <summary>How many rows are before a moment.</summary>
    /// <param name="moment">A date where the column holds dates, else a number.</param>
    /// <param name="part">Whose beginning it is, for messages.</param>
    public int RowsBefore(Moment moment, string part)
    {
        if (moment.IsDate != isDate)
        {
            throw DataFault.At(
                DiagnosticTable.Data.BadTime,
                path,
                $"the {part} begins at {moment}, a {(moment.IsDate ? "date" : "number")}, but column '{column}' holds {(isDate ? "dates" : "numbers")}");
        }

        int found = times.BinarySearch(moment.Value);
        return found < 0 ? ~found : found;
    }

    /// <summary>The first and the last time, for messages.</summary>
    public string Extent => $"{At(0)} to {At(times.Count - 1)}";

    /// <summary>
    /// The rows before which rows are missing. Only a series with a usual step has gaps: where the times follow no step, rows are taken
    /// as they come.
    /// </summary>
    /// <returns>The rows, ascending, and what there is to say about them; or no diagnostic.</returns>
    public (int[] Gaps, Diagnostic? Warning) FindGaps()
    {
        if (times.Count < 2)
            return ([], null);
        decimal[] steps = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)];
        decimal usual = steps.Order().ElementAt(steps.Length / 2);
        if (steps.Count(step => Math.Abs(step - usual) <= usual / 10) < RegularShare * steps.Length)
        {
            Location whole = new(path, lines[0], 1);
            return ([], DiagnosticTable.Data.TimeIrregular.At(whole, $"the times in column '{column}' have no common step, so a window is a number of rows, whatever time lies between them"));
        }

        int[] gaps = [.. Enumerable.Range(1, steps.Length).Where(row => steps[row - 1] > GapInSteps * usual)];
        if (gaps.Length == 0)
            return (gaps, null);
        int first = gaps[0];
        string count = gaps.Length == 1 ? "one gap" : string.Create(CultureInfo.InvariantCulture, $"{gaps.Length} gaps, the first");
        return (gaps, DiagnosticTable.Data.TimeGap.At(
            new Location(path, lines[first], 1),
            $"the series has a row every {Length(usual)}, and {count} from {At(first - 1)} to {At(first)}; no window runs across a gap"));
    }

    private void CheckNext(Moment moment, string text, int line)
    {
        if (moment.IsDate != isDate)
            throw DataFault.AtLine(DiagnosticTable.Data.BadTime, path, line, $"column '{column}' holds '{text}', a {(moment.IsDate ? "date" : "number")}, but {(isDate ? "a date" : "a number")} in line {lines[0]}");
        if (moment.Value == times[^1])
            throw DataFault.AtLine(DiagnosticTable.Data.TimeTwice, path, line, $"column '{column}' holds '{text}', the time that line {lines[^1]} has already");
        if (moment.Value < times[^1])
            throw DataFault.AtLine(DiagnosticTable.Data.TimeOrder, path, line, $"column '{column}' holds '{text}', which is before {At(times.Count - 1)} in line {lines[^1]}");
    }

    private string At(int row) => new Moment(times[row], isDate).ToString();

    private string Length(decimal step)
    {
        if (!isDate)
            return step.ToString("G29", CultureInfo.InvariantCulture);
        TimeSpan span = new((long)step);
        return span switch
        {
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => Count(span.TotalDays, "d"),
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => Count(span.TotalHours, "h"),
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => Count(span.TotalMinutes, "min"),
            _ => Count(span.TotalSeconds, "s"),
        };
    }

    private static string Count(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#######} {unit}");
}
