using System.Diagnostics;

namespace Vae.Tool.Tests;

/// <summary>The tool in a process of its own, for what a process decides once.</summary>
internal static class ToolProcess
{
    public static async Task<(int Code, string Out, string Error)> Run(string[] arguments, Dictionary<string, string>? environment = null, string folder = "")
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(VaeCommand).Assembly.Location, .. arguments])
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
