using System.Text;
using CliWrap;

namespace Vae.Integration.Tests;

/// <summary>Runs the SDK's command as a user's shell would, and leaves no build server behind.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs <c>dotnet</c>; <paramref name="interrupt"/> sends what Ctrl-C sends, <paramref name="kill"/> ends it and all that it started.</summary>
    public static async Task<DotNetResult> RunAsync(
        string folder, IEnumerable<string> arguments, Action<string>? onLine = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken interrupt = default, CancellationToken kill = default)
    {
        StringBuilder output = new();
        void Keep(string line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            onLine?.Invoke(line);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(kill);
        patience.CancelAfter(Patience);
        Command command = Cli.Wrap(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(variables => variables
                .Set(environment ?? new Dictionary<string, string?>())
                // Set by the `dotnet test` around these tests; they would lead the inner build to its SDK and logger.
                .Set("MSBuildSDKsPath", null)
                .Set("MSBuildExtensionsPath", null)
                .Set("MSBuildLoadMicrosoftTargetsReadOnly", null)
                .Set("MSBUILDDISABLENODEREUSE", "1")
                // A build server accepts no snapshots.
                .Set("CI", null)
                .Set("TF_BUILD", null)
                .Set("GITHUB_ACTIONS", null)
                .Set("GITLAB_CI", null)
                .Set("DOTNET_CLI_UI_LANGUAGE", "en")
                .Set("DOTNET_NOLOGO", "1")
                .Set("VaeCacheDirectory", null)
                // MNIST lies in the repository; a throw-away folder has no data above it.
                .Set("VAE_DATA", Repository.PathOf("data")))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Keep))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Keep));
        try
        {
            CommandResult result = await command.ExecuteAsync(patience.Token, interrupt);
            return new DotNetResult(result.ExitCode, output.ToString());
        }
        catch (OperationCanceledException) when (kill.IsCancellationRequested || (interrupt.IsCancellationRequested && !patience.IsCancellationRequested))
        {
            return new DotNetResult(-1, output.ToString());
        }
    }
}
