using System.Globalization;

namespace Vae.Dsl;

/// <summary>
/// A point in time as a table's column counts it: a date (ISO 8601, <c>2024-05-01T12:30:00Z</c>), or a plain number of whatever
/// unit (seconds, steps). A date without an offset is taken as it stands, as UTC.
/// </summary>
/// <param name="Value">Ticks of 100 ns since the year 1 in UTC, or the number.</param>
/// <param name="IsDate">Which of the two.</param>
public readonly record struct Moment(decimal Value, bool IsDate)
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads a date or a number; the machine's culture and time zone do not matter.</summary>
    public static bool TryParse(string text, out Moment moment)
    {
        ArgumentNullException.ThrowIfNull(text);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        bool isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        moment = new Moment(number, IsDate: false);
        if (isNumber || !DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, Utc, out DateTimeOffset date))
            return isNumber;
        moment = new Moment(date.UtcTicks, IsDate: true);
        return true;
    }

    /// <summary>Reads a date or a number.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Moment Parse(string text) =>
        TryParse(text, out Moment moment) ? moment : throw new FormatException($"'{text}' is neither a date in ISO 8601 nor a number");

    /// <summary>The shortest form that reads back to the same: <c>2024-05-01</c>, <c>2024-05-01T12:30:00Z</c>, <c>1714566600</c>.</summary>
    public override string ToString()
    {
        if (!IsDate)
            return Value.ToString(CultureInfo.InvariantCulture);
        DateTime date = new((long)Value, DateTimeKind.Utc);
        return date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }
}
