namespace Vae.Dsl.Tests;

/// <summary>Files of the repository that tests read, or write when <c>VAE_UPDATE_DOCS=1</c>.</summary>
internal static class Repository
{
    public static string Root { get; } = Above("VaeDsl.sln");

    /// <summary>Every spec that users read: under <c>specs</c> and <c>examples</c>.</summary>
    public static IReadOnlyList<string> Specs { get; } =
    [
        .. ((string[])["specs", "examples"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.vae.yaml", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(folder => folder is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Fails where a file is not what the tables make of it; with <c>VAE_UPDATE_DOCS=1</c> writes it first.</summary>
    public static void Compare(string path, string expected)
    {
        string file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("VAE_UPDATE_DOCS") == "1")
            File.WriteAllText(file, expected);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == expected,
            $"{path} is out of date. Run: VAE_UPDATE_DOCS=1 dotnet test tests/Vae.Dsl.Tests --filter DocsTests");
    }

    private static string Above(string file)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, file)))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no folder above the tests holds {file}");
        return folder;
    }
}
