using System.Diagnostics;

namespace Vae.Tool.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void A_machine_that_can_train_is_described()
    {
        Workspace.Outcome outcome = Workspace.Vae("doctor");

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.All(["TorchSharp", "libtorch", "processor", "CUDA", "mnist", "fashion-mnist"], label =>
            Assert.Contains(outcome.Lines, line => line.StartsWith(label, StringComparison.Ordinal)));
        Assert.Contains("Training can run here.", outcome.Lines);
    }

    [Fact]
    public async Task A_machine_that_cannot_train_says_why_and_exits_with_1()
    {
        // A process of its own: libtorch, once loaded, stays.
        string nowhere = Path.Combine(Path.GetTempPath(), "vae-no-libtorch-here");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(VaeCommand).Assembly.Location, "doctor"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        start.Environment["VAE_LIBTORCH"] = nowhere;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Failure, process.ExitCode);
        Assert.Contains("Training cannot run here.", output, StringComparison.Ordinal);
        Assert.Contains("error VAE0001", await error, StringComparison.Ordinal);
        Assert.Contains(nowhere, await error, StringComparison.Ordinal);
    }
}
