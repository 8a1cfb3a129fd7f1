using System.CommandLine;
using Vae.Artifacts.Snapshots;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae accept</c>: what was received becomes what is compared with.</summary>
internal static class AcceptCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Folders, specs or .received. files; all received files below the current folder unless given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line." };
        var arguments = new SnapshotArguments();
        var command = new Command("accept", "Accept received files as snapshots, and tell what changed by how much.") { paths, json };
        arguments.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult("--artifacts") is not null && result.GetValue(paths) is not [_])
                result.AddError("--artifacts needs exactly one spec");
        });
        command.SetAction(parsed =>
        {
            ISnapshotReporter reporter = parsed.GetValue(json) ? new JsonSnapshotReporter(console.Out) : new ConsoleSnapshotReporter(console);
            try
            {
                if (console.IsBuildServer)
                    throw new VaeException(DiagnosticTable.Snapshots.AcceptInCi.At(null, "this is a build server (CI=true, or a variable of its own), which may not change what was accepted"));
                string[] given = parsed.GetValue(paths) is { Length: > 0 } some ? some : ["."];
                reporter.Accepted(arguments.NamesModel(parsed) ? Compare(arguments.Open(parsed, given[0])) : SnapshotAcceptance.Accept([.. given.SelectMany(SnapshotAcceptance.Find).Distinct()]));
                return ExitCode.Success;
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

    private static IReadOnlyList<AcceptedSnapshot> Compare(SnapshotJob job) =>
        [.. job.Accept().Changes.Select(entry => new AcceptedSnapshot(entry.Status, entry.Verified, entry.Status == SnapshotStatus.NotEqual ? entry.Explanation : ""))];
}
