namespace Vae.Artifacts.Snapshots;

/// <summary>Lists that are too long for a message.</summary>
internal static class Shortened
{
    /// <summary>The first lines, and how many are left out.</summary>
    public static string Join(IReadOnlyList<string> lines, int max) => lines.Count <= max
        ? string.Join('\n', lines)
        : string.Join('\n', lines.Take(max)) + $"\n… and {lines.Count - max} more";
}
