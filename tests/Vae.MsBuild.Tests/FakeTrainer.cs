namespace Vae.MsBuild.Tests;

/// <summary>Where the stand-in for the trainer lies: the same configuration and framework as these tests.</summary>
internal static class FakeTrainer
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        // tests/<project>/bin/<configuration>/<framework>/
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        string tests = framework.Parent!.Parent!.Parent!.Parent!.FullName;
        return System.IO.Path.Combine(tests, "Vae.FakeTrainer", "bin", framework.Parent.Name, framework.Name, "vae.dll");
    }
}
