using System.Diagnostics;

namespace Vae.Tool.Tests;

/// <summary>The tool in a process of its own, for what a process decides once.</summary>
internal static class ToolProcess
{
    /// <summary>The tool as it is packed: without the native library of ONNX Runtime, which lies beside the tests.</summary>
    public static string Packed { get; } = Path.GetFullPath(
        Path.Combine("..", "..", "..", "..", "..", "src", "Vae.Tool", "bin", Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!, "net10.0", "vae.dll"),
        AppContext.BaseDirectory);

    public static async Task<(int Code, string Out, string Error)> Run(string[] arguments, Dictionary<string, string>? environment = null, string folder = "", string? tool = null)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", tool ?? typeof(VaeCommand).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
