using System.Globalization;

namespace Vae.Tool.Output;

/// <summary>A count with its noun: <c>1 sample</c>, <c>100 samples</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
