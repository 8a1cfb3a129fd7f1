using System.Globalization;
using Spectre.Console;
using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Output;

/// <summary>For people: a live bar in a terminal, a line an epoch elsewhere.</summary>
internal sealed class ConsoleReporter(ToolConsole console) : ITrainingReporter
{
    /// <summary>In a log, at most about so many epochs get a line of their own.</summary>
    private const int LinesPerTraining = 20;

    public void Report(Diagnostic diagnostic) => DiagnosticPrinter.Print([diagnostic], console);

    // Of interest to a build only.
    public void Reads(IReadOnlyList<string> paths)
    {
    }

    // Of interest to a build only.
    public void StartsFrom(InputRecord inputs, IReadOnlyList<KeyValuePair<string, string>> asked)
    {
    }

    public void Waits(LockOwner? owner, string what) => console.Out.WriteLine($"waiting for {owner?.ToString() ?? "another process"}, {what}");

    public void Trains(Spec spec, IReadOnlyList<string> reasons) => console.Out.WriteLine($"{spec.Name}: training, because {string.Join("; ", reasons)}");

    public void Restored(Spec spec, string output, string store) => console.Out.WriteLine($"{spec.Name} was trained before and is taken from {store} -> {output}");

    // Of interest to a build only.
    public void Leaves(IReadOnlyDictionary<string, string> outputs)
    {
    }

    public void Note(Spec spec, string text) => console.Out.WriteLine($"{spec.Name}: {text}");

    public void UpToDate(Spec spec, string output) =>
        console.Out.WriteLine($"{spec.Name} is up to date: {output}");

    public void Resumes(string checkpoint, int epoch) => console.Out.WriteLine(epoch > 0
        ? string.Create(CultureInfo.InvariantCulture, $"resuming after epoch {epoch} from {checkpoint}")
        : $"there is no checkpoint at {checkpoint}: starting at the beginning");

    public void IgnoresCheckpoint(string checkpoint) =>
        console.Out.WriteLine($"starting at the beginning; '--resume' would go on from {checkpoint}");

    public void Keeps(string checkpoint, int epoch) =>
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch} is kept in {checkpoint}; '--resume' goes on from there"));

    public TrainingResult Run(Spec spec, int threads, string device, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{spec.Name}: {spec.ParameterCount:N0} parameters, {spec.Train.Unit.Describe(spec.Train.Length)} on {device}, {threads} thread{(threads == 1 ? "" : "s")}"));
        return console.IsInteractive ? RunLive(train) : RunPlain(train);
    }

    public void Done(TrainingResult result, string output)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("metric").AddColumn(new TableColumn("value").RightAligned());
        foreach ((string name, double value) in result.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            table.AddRow(Markup.Escape(name), Figure.Number(value));
        console.Ansi.Write(table);
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained in {result.Run.Seconds:F1} s -> {output}"));
    }

    public void Abstract(string specPath) => console.Out.WriteLine($"{specPath} is abstract; nothing is trained");

    public void Point(SweepPoint point, int number, int count)
    {
        if (number > 1)
            console.Out.WriteLine();
        string values = string.Join(", ", point.Values.Select(value => $"{value.Key}={value.Value}"));
        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"point {number} of {count}: {values}"));
    }

    public void Swept(IReadOnlyList<SweepOutcome> outcomes, int count, string path)
    {
        if (outcomes.Count > 0)
            console.Ansi.Write(TableOf(outcomes));
        int failed = outcomes.Count(outcome => outcome.Failed);
        console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(outcomes.Count < count ? "cancelled: " : "")}{outcomes.Count - failed} of {count} points trained{(failed > 0 ? $", {failed} failed" : "")}{(outcomes.Count > 0 ? $" -> {path}" : "")}"));
    }

    /// <summary>The parameters and the three losses of the split that says most: what was held out. All metrics are in the file.</summary>
    private static Table TableOf(IReadOnlyList<SweepOutcome> outcomes)
    {
        string split = ((string[])["test", "validation", "train"]).First(name => name == "train" || outcomes.Any(outcome => outcome.Metrics.ContainsKey(name + ".loss")));
        string[] metrics = [split + ".loss", split + ".reconstruction", split + ".kl"];
        Table table = new Table().Border(TableBorder.Simple);
        foreach ((string parameter, _) in outcomes[0].Point.Values)
            table.AddColumn(new TableColumn(Markup.Escape(parameter)).RightAligned());
        foreach (string metric in metrics)
            table.AddColumn(new TableColumn(metric).RightAligned());
        foreach (SweepOutcome outcome in outcomes)
        {
            IEnumerable<string> numbers = metrics.Select(metric => outcome.Metrics.TryGetValue(metric, out double value) ? Figure.Number(value) : outcome.Failed ? "failed" : "");
            table.AddRow([.. outcome.Point.Values.Select(value => Markup.Escape(value.Value)), .. numbers]);
        }

        return table;
    }

    private static TrainingResult RunPlain(Func<IProgress<TrainingProgress>, TrainingResult> train, Action<string> writeLine) =>
        train(new Relay(progress =>
        {
            int every = Math.Max(1, progress.Epochs / LinesPerTraining);
            if (progress.EpochDone && (progress.Epoch % every == 0 || progress.Epoch == 1 || progress.Epoch == progress.Epochs))
                writeLine(Describe(progress) + string.Create(CultureInfo.InvariantCulture, $"  {TimeLeft.Seconds(progress):F0} s left"));
        }));

    private TrainingResult RunPlain(Func<IProgress<TrainingProgress>, TrainingResult> train) => RunPlain(train, console.Out.WriteLine);

    private TrainingResult RunLive(Func<IProgress<TrainingProgress>, TrainingResult> train) =>
        console.Ansi.Progress()
            .AutoClear(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("starting", maxValue: 1);
                TrainingResult result = train(new Relay(progress =>
                {
                    bar.Value = TimeLeft.Fraction(progress);
                    bar.Description = Describe(progress) + "  " + Figure.Left(TimeSpan.FromSeconds(TimeLeft.Seconds(progress)));
                }));
                bar.Value = 1;
                return result;
            });

    private static string Describe(TrainingProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {progress.Epoch}/{progress.Epochs}  loss {Figure.Number(progress.Loss)}  reconstruction {Figure.Number(progress.Reconstruction)}  kl {Figure.Number(progress.Kl)}");
}
