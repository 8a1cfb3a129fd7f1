namespace Vae.Tool.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void A_machine_that_can_train_is_described()
    {
        Workspace.Outcome outcome = Workspace.Vae("doctor");

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.All(["TorchSharp", "libtorch", "processor", "CUDA", "ONNX Runtime", "mnist", "fashion-mnist"], label =>
            Assert.Contains(outcome.Lines, line => line.StartsWith(label, StringComparison.Ordinal)));
        Assert.Contains("Training can run here.", outcome.Lines);
    }

    [Fact]
    public async Task A_machine_that_cannot_train_says_why_and_exits_with_1()
    {
        // A process of its own: libtorch, once loaded, stays.
        string nowhere = Path.Combine(Path.GetTempPath(), "vae-no-libtorch-here");
        (int code, string output, string error) = await ToolProcess.Run(["doctor"], new() { ["VAE_LIBTORCH"] = nowhere });

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("Training cannot run here.", output, StringComparison.Ordinal);
        Assert.Contains("error VAE0001", error, StringComparison.Ordinal);
        Assert.Contains(nowhere, error, StringComparison.Ordinal);
    }
}
