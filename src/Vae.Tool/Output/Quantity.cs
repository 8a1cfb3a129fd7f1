using System.Globalization;

namespace Vae.Tool.Output;

/// <summary>Sizes and times as people write and read them.</summary>
internal static class Quantity
{
    private static readonly string[] SizeUnits = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>A time: a number and <c>m</c>, <c>h</c>, <c>d</c> or <c>w</c>.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        TimeSpan? unit = text is [.., 'm'] ? TimeSpan.FromMinutes(1) : text is [.., 'h'] ? TimeSpan.FromHours(1) : text is [.., 'd'] ? TimeSpan.FromDays(1) : text is [.., 'w'] ? TimeSpan.FromDays(7) : null;
        bool isTime = int.TryParse(text.AsSpan(0, Math.Max(text.Length - 1, 0)), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && unit is not null;
        time = isTime ? unit!.Value * count : default;
        return isTime;
    }

    /// <summary>A size: a number and <c>B</c>, <c>kB</c>, <c>MB</c>, <c>GB</c> or <c>TB</c>, powers of 1000.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        string trimmed = text.TrimEnd();
        int letters = trimmed.Length - trimmed.AsSpan().TrimEnd("kmgtbKMGTB").Length;
        int power = Array.FindIndex(SizeUnits, unit => string.Equals(unit, trimmed[^letters..], StringComparison.OrdinalIgnoreCase));
        double number = 0;
        bool isSize = power >= 0 && double.TryParse(trimmed.AsSpan(0, trimmed.Length - letters).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        bytes = isSize ? (long)(number * Math.Pow(1000, power)) : 0;
        return isSize;
    }

    /// <summary><c>12.3 MB</c>.</summary>
    public static string Bytes(long bytes)
    {
        int power = 0;
        double number = bytes;
        while (number >= 1000 && power < SizeUnits.Length - 1)
        {
            number /= 1000;
            power++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number.ToString(power == 0 ? "F0" : "F1", CultureInfo.InvariantCulture)} {SizeUnits[power]}");
    }

    /// <summary><c>3 days ago</c>, in the largest unit that says something.</summary>
    public static string Ago(TimeSpan time)
    {
        (int count, string unit) = time.TotalDays >= 1 ? ((int)time.TotalDays, "day") : time.TotalHours >= 1 ? ((int)time.TotalHours, "hour") : ((int)Math.Max(time.TotalMinutes, 0), "minute");
        return count == 0 ? "just now" : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")} ago");
    }
}
