using System.CommandLine;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;
using Vae.Tool.Watching;

namespace Vae.Tool.Commands;

/// <summary><c>vae watch</c>: all trainings below a folder, those of a build among them, while they run.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var folder = new Argument<string>("folder") { Description = "The folder of the projects; the current one unless given.", DefaultValueFactory = _ => "." };
        var once = new Option<bool>("--once") { Description = "Show what is being trained now, and end." };
        var command = new Command("watch", "Show the trainings below a folder while they run, those of a build too.") { folder, once };
        command.SetAction(parsed =>
        {
            string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            if (!Directory.Exists(path))
                throw new VaeException(DiagnosticTable.Environment.WatchedFolder.At(new Location(path, 0, 0), "there is no such folder, so nothing is trained below it"));

            TrainingWatcher watcher = new(path);
            WatchView view = new(console, path);
            if (parsed.GetValue(once))
                view.ShowOnce(watcher);
            else
                view.Follow(watcher, Pause, cancellationToken);
            return ExitCode.Success;
        });
        return command;
    }
}
