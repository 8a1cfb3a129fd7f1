namespace Vae.Integration.Tests;

/// <summary>Where this repository's own files lie, seen from the tests' assembly.</summary>
internal static class Repository
{
    // tests/<project>/bin/<configuration>/<framework>/
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Configuration => Framework.Parent!.Name;

    public static string Root => Framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string FakeTrainer => PathOf("tests", "Vae.FakeTrainer", "bin", Configuration, Framework.Name, "vae.dll");

    public static string Trainer => PathOf("src", "Vae.Tool", "bin", Configuration, Framework.Name, "vae.dll");

    public static string Runtime => PathOf("src", "Vae.Runtime", "bin", Configuration, "netstandard2.0", "Vae.Runtime.dll");

    public static string TaskAssembly => PathOf("src", "Vae.MsBuild", "bin", Configuration, "netstandard2.0", "Vae.MsBuild.dll");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
