using System.CommandLine;
using Vae.Artifacts.Snapshots;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae verify</c>: a trained model against its snapshots.</summary>
internal static class VerifyCommand
{
    public static Command Create(ToolConsole console)
    {
        var path = new Argument<string>("spec") { Description = "The .vae.yaml file." };
        var noReceived = new Option<bool>("--no-received") { Description = "Write no .received. files." };
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line." };
        var arguments = new SnapshotArguments();
        var command = new Command("verify", "Compare a trained model with its snapshots, the numbers within their tolerances.") { path, noReceived, json };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            ISnapshotReporter reporter = parsed.GetValue(json) ? new JsonSnapshotReporter(console.Out) : new ConsoleSnapshotReporter(console);
            try
            {
                SnapshotJob job = arguments.Open(parsed, parsed.GetRequiredValue(path), writeReceived: !parsed.GetValue(noReceived));
                SnapshotResult result = job.Verify();
                reporter.Verified(result, job.Place);
                return result.Passed ? ExitCode.Success : ExitCode.Failure;
            }
            catch (VaeException exception)
            {
                foreach (Diagnostic diagnostic in exception.Diagnostics)
                    reporter.Report(diagnostic);
                return ExitCode.Failure;
            }
        });
        return command;
    }
}
