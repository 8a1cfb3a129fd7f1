namespace Vae.Dsl.Tests;

/// <summary>A folder of specs for one test.</summary>
public sealed class SpecFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vae-dsl-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, folders on the way included, and gives its full path.</summary>
    public string Write(string name, string text)
    {
        string path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
