using Microsoft.Build.Logging.StructuredLogger;
using Task = System.Threading.Tasks.Task;

namespace Vae.Integration.Tests;

/// <summary>What a binary log tells whoever was not there: inputs, fingerprint, reason, the command, and the spec itself.</summary>
public sealed class BinaryLogTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_binary_log_tells_inputs_fingerprint_and_reason_of_a_training_and_that_the_next_build_had_none()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync("-bl:first.binlog")).MustSucceed();
        (await _solution.BuildAsync("--no-restore", "-bl:second.binlog")).MustSucceed();

        Build first = BinaryLog.ReadBuild(_solution.PathOf("first.binlog"));
        Microsoft.Build.Logging.StructuredLogger.Task training = Assert.Single(first.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>(task => task.Name == "TrainVae"));
        string[] messages = [.. training.FindChildrenRecursive<Message>().Select(message => message.Text)];
        Assert.Contains("mnist: starting the trainer, because there is no earlier result", messages);
        Assert.Contains("mnist: training, because latent.dim is 3, it was 2", messages);
        Assert.Contains("VAE: [input] device=cpu", messages);
        Assert.Contains(messages, message => message.StartsWith("VAE: [fingerprint] ", StringComparison.Ordinal));
        Assert.Contains("VAE: [output] decoder.onnx=abcd", messages);
        Assert.Equal(20, messages.Count(message => message.Contains(": epoch ", StringComparison.Ordinal)));
        Assert.Contains(" train ", training.CommandLineArguments, StringComparison.Ordinal);
        Assert.Contains(first.SourceFiles, file => file.FullPath.EndsWith("mnist.vae.yaml", StringComparison.Ordinal) && file.Text == "vae: 1\n");

        Build second = BinaryLog.ReadBuild(_solution.PathOf("second.binlog"));
        training = Assert.Single(second.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>(task => task.Name == "TrainVae"));
        Assert.Contains("mnist is up to date", training.FindChildrenRecursive<Message>().Select(message => message.Text));
        Assert.Null(training.CommandLineArguments);
    }
}
