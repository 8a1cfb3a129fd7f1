using System.Text;
using Vae.Dsl;

namespace Vae.Tool.Output;

/// <summary>The origins of a spec's values as aligned columns: path, value, parameter and place.</summary>
internal static class OriginTable
{
    private const int WidestValue = 40;

    /// <summary>One line a value; a value that is longer than its column moves its own line only.</summary>
    public static string Write(IReadOnlyList<Origin> origins)
    {
        int path = origins.Max(origin => origin.Path.Length), value = Math.Min(WidestValue, origins.Max(origin => origin.Value.Length));
        int parameter = origins.Max(origin => Parameter(origin).Length);
        var text = new StringBuilder();
        foreach (Origin origin in origins)
        {
            string line = $"{origin.Path.PadRight(path)}  {origin.Value.PadRight(value)}  {(parameter == 0 ? "" : Parameter(origin).PadRight(parameter + 2))}{origin.Place?.ToString() ?? "default"}";
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Parameter(Origin origin) => origin.Parameter is null ? "" : $"$({origin.Parameter})";
}
