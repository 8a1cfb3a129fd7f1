namespace Vae.Dsl.Text;

/// <summary>
/// A path with every symbolic link on the way resolved, so that two spellings of one file are equal. <see cref="Path.GetFullPath(string)"/>
/// knows nothing of links, and the link target of a file nothing of the folders above it.
/// </summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>Whether file names differ by more than their case; so they do but on Windows and macOS.</summary>
    public static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The real path; what is not there is taken as written.</summary>
    /// <exception cref="IOException">A part of it cannot be looked at.</exception>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string current = Path.GetPathRoot(full)!;
        Stack<string> rest = new(Parts(full[current.Length..]));
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            string next = Path.Combine(current, name);
            string? target = new FileInfo(next).LinkTarget;
            if (target is null || ++links > MaxLinks)
            {
                current = next;
                continue;
            }

            string root = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : "";
            current = root.Length > 0 ? root : current;
            foreach (string part in Parts(target[root.Length..]))
                rest.Push(part);
        }

        return current;
    }

    /// <summary>Whether a real path lies in a folder, itself a real path.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>The parts, the last first, as a stack takes them.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
