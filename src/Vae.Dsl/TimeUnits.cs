using System.Globalization;

namespace Vae.Dsl;

/// <summary>Words for lengths of training.</summary>
public static class TimeUnits
{
    /// <summary>A length for readers: <c>1 epoch</c>, <c>10,000 steps</c>.</summary>
    public static string Describe(this TimeUnit unit, int length)
    {
        string noun = unit == TimeUnit.Epochs ? "epoch" : "step";
        return string.Create(CultureInfo.InvariantCulture, $"{length:N0} {noun}{(length == 1 ? "" : "s")}");
    }
}
