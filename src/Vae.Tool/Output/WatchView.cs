using System.Globalization;
using Spectre.Console;
using Vae.Tool.Watching;

namespace Vae.Tool.Output;

/// <summary>Shows the trainings below a folder: a table that is redrawn in a terminal, lines elsewhere.</summary>
internal sealed class WatchView(ToolConsole console, string folder)
{
    private const int BarWidth = 10;
    private const int EndedRows = 10;
    private const int LinesPerTraining = 10;

    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    /// <summary>The table of a moment: first what runs, then what ended last.</summary>
    public static Table TableOf(IReadOnlyList<WatchedTraining> trainings)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string column in (string[])["model", "", "epoch"])
            table.AddColumn(new TableColumn(column).NoWrap());
        foreach (string column in (string[])["loss", "reconstruction", "kl", ""])
            table.AddColumn(new TableColumn(column).NoWrap().RightAligned());
        // The only one that may be folded in a narrow terminal.
        table.AddColumn("folder");
        foreach (WatchedTraining training in trainings.Where(training => training.End is null).Concat(trainings.Where(training => training.End is not null).TakeLast(EndedRows)))
        {
            TrainingStatus status = training.Status;
            bool hasNumbers = status.Of > 0;
            table.AddRow(
                new Markup(Markup.Escape(status.Spec), training.End switch { null => Style.Plain, TrainingEnd.Trained => new Style(Color.Green), _ => new Style(Color.Red) }),
                new Text(Bar(training.End == TrainingEnd.Trained ? 1 : status.Done)),
                new Text(hasNumbers ? string.Create(CultureInfo.InvariantCulture, $"{status.Epoch}/{status.Of}") : ""),
                new Text(hasNumbers ? Figure.Number(status.Loss) : ""),
                new Text(hasNumbers ? Figure.Number(status.Reconstruction) : ""),
                new Text(hasNumbers ? Figure.Number(status.Kl) : ""),
                new Text(StateOf(training)),
                new Text(training.Place, new Style(Color.Grey)));
        }

        return table;
    }

    /// <summary>What runs now, once.</summary>
    public void ShowOnce(TrainingWatcher watcher)
    {
        IReadOnlyList<WatchedTraining> trainings = watcher.Look();
        if (trainings.Count == 0)
            console.Out.WriteLine($"nothing is being trained below {folder}");
        else if (console.IsInteractive)
            console.Ansi.Write(TableOf(trainings));
        else
            Tell(trainings);
    }

    /// <summary>Follows the trainings until somebody cancels.</summary>
    public void Follow(TrainingWatcher watcher, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (!console.IsInteractive)
        {
            console.Out.WriteLine($"watching {folder}; Ctrl-C ends it");
            do
            {
                Tell(watcher.Look());
            }
            while (!cancellationToken.WaitHandle.WaitOne(pause));
            return;
        }

        console.Ansi.Live(new Text("")).Start(context =>
        {
            do
            {
                IReadOnlyList<WatchedTraining> trainings = watcher.Look();
                context.UpdateTarget(trainings.Count == 0 ? new Text($"nothing is being trained below {folder}; Ctrl-C ends the waiting") : TableOf(trainings));
            }
            while (!cancellationToken.WaitHandle.WaitOne(pause));
        });
    }

    private void Tell(IReadOnlyList<WatchedTraining> trainings)
    {
        foreach (WatchedTraining training in trainings)
        {
            // A line for each tenth of the way, and for what happens beside it.
            TrainingStatus status = training.Status;
            string news = string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Pid} {status.Started:O} {training.End} {status.Stage} {(status.Stage == TrainingStage.Training ? (int)(status.Done * LinesPerTraining) : 0)}");
            if (told.GetValueOrDefault(training.Place) == news)
                continue;
            told[training.Place] = news;
            console.Out.WriteLine($"{status.Spec}: {Describe(training)} ({training.Place})");
        }

        console.Out.Flush();
    }

    private static string Describe(WatchedTraining training)
    {
        TrainingStatus status = training.Status;
        return training.End is null && status.Stage == TrainingStage.Training
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {status.Epoch} of {status.Of}, loss {Figure.Number(status.Loss)}, reconstruction {Figure.Number(status.Reconstruction)}, kl {Figure.Number(status.Kl)}, {StateOf(training)}")
            : StateOf(training) + string.Concat(training.Metrics.Where(metric => metric.Key.StartsWith("test.", StringComparison.Ordinal)).OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => $", {metric.Key} {Figure.Number(metric.Value)}"));
    }

    private static string StateOf(WatchedTraining training) => training.End switch
    {
        TrainingEnd.Trained => "trained",
        TrainingEnd.WithoutResult => "ended without a result",
        TrainingEnd.Killed => "was killed",
        _ => training.Status.Stage switch
        {
            TrainingStage.Preparing => "preparing",
            TrainingStage.Finishing => "writing its files",
            _ => Figure.Left(TimeSpan.FromSeconds(training.Status.Left)),
        },
    };

    private static string Bar(double done)
    {
        int full = (int)(Math.Clamp(done, 0, 1) * BarWidth);
        return new string('━', full) + new string('╌', BarWidth - full);
    }
}
