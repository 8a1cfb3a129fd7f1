using System.Globalization;

namespace Vae.Tool.Output;

/// <summary>Losses and times as they are shown to people.</summary>
internal static class Figure
{
    /// <summary>Four significant digits: what tells two losses apart without noise.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 100 => "F1",
        >= 10 => "F2",
        >= 1 => "F3",
        >= 0.1 => "F4",
        _ => "F5",
    }, CultureInfo.InvariantCulture);

    /// <summary><c>1:05 left</c>, or <c>2:01:05 left</c>.</summary>
    public static string Left(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)} left"
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture) + " left";
}
