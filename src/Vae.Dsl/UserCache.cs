namespace Vae.Dsl;

/// <summary>
/// Where a user's machine keeps what can be made again: data sets, libraries, models, in a folder each. The rule is that of the system:
/// <c>$XDG_CACHE_HOME/vae</c> or <c>~/.cache/vae</c>, <c>~/Library/Caches/vae</c> on macOS, <c>%LOCALAPPDATA%\vae</c> on Windows.
/// </summary>
public static class UserCache
{
    /// <summary>The folder of one kind of things; it need not exist. <c>null</c> where the user has no home folder.</summary>
    /// <param name="kind">Its name below <c>vae</c>: <c>data</c>, <c>models</c>.</param>
    /// <param name="environment">Environment variables by name; the process's own unless given.</param>
    public static string? FolderOf(string kind, Func<string, string?>? environment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        environment ??= Environment.GetEnvironmentVariable;
        if (OperatingSystem.IsWindows())
            return Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), kind);

        // The XDG specification says that a relative path is to be ignored.
        if (environment("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg))
            return Below(xdg, kind);
        string home = environment("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : Below(OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache"), kind);
    }

    private static string? Below(string root, string kind) => root.Length == 0 ? null : Path.Combine(root, "vae", kind);
}
