using System.Globalization;
using Spectre.Console;
using Vae.Artifacts.Snapshots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>Trains a spec several times, and proposes tolerances for its snapshots from what varied.</summary>
internal sealed class CalibrationJob(string specPath, SpecLoadOptions loadOptions, ToolConsole console)
{
    /// <summary>How many seeds are trained with, the spec's own and those after it; at least 1.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The numbers of threads; the first is the reference's.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [1, 2];

    /// <summary>The folder of the trainings; <c>null</c> for one that is gone afterwards.</summary>
    public string? Output { get; init; }

    /// <summary>The device, unless the spec says.</summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>Runs to the end and returns the exit code.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        SpecLoadResult loaded = SpecLoader.Load(specPath, loadOptions);
        DiagnosticPrinter.Print(loaded.TrainingDiagnostics, console);
        if (loaded.Spec is not { } spec)
            return ExitCode.Failure;
        DirectoryInfo? temporary = Output is null ? Directory.CreateTempSubdirectory("vae-calibrate-") : null;
        try
        {
            return Run(spec, temporary?.FullName ?? Path.GetFullPath(Output!), cancellationToken);
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    private int Run(Spec spec, string folder, CancellationToken cancellationToken)
    {
        (int Seed, int Threads)[] runs =
        [
            .. Threads.Select(threads => (spec.Train.Seed, threads)),
            .. Enumerable.Range(1, Seeds - 1).Select(further => (spec.Train.Seed + further, Threads[0])),
        ];
        string[] folders = [.. runs.Select(run => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"seed-{run.Seed}-threads-{run.Threads}")))];
        for (int i = 0; i < runs.Length; i++)
        {
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"training {i + 1} of {runs.Length}: seed {runs[i].Seed}, {runs[i].Threads} thread{(runs[i].Threads == 1 ? "" : "s")}"));
            var job = new TrainingJob(specPath, Options(runs[i].Seed, runs[i].Threads), new ConsoleReporter(console)) { Output = folders[i], Device = Device, CheckpointEvery = 0 };
            if (job.Run(cancellationToken) is not ExitCode.Success and var code)
                return code;
        }

        Calibration calibration = Calibration.Of(folders[0], folders[1..Threads.Count], folders[Threads.Count..]);
        Write(calibration, spec);
        return ExitCode.Success;
    }

    private SpecLoadOptions Options(int seed, int threads) => loadOptions with
    {
        Sets = [.. loadOptions.Sets, string.Create(CultureInfo.InvariantCulture, $"train.seed={seed}"), string.Create(CultureInfo.InvariantCulture, $"train.threads={threads}")],
    };

    private void Write(Calibration calibration, Spec spec)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("number").NoWrap())
            .AddColumn(new TableColumn("reference").RightAligned())
            .AddColumn(new TableColumn("by threads").RightAligned())
            .AddColumn(new TableColumn("by seeds").RightAligned())
            .AddColumn(new TableColumn("tolerance").RightAligned());
        foreach (CalibratedNumber number in calibration.Numbers)
        {
            table.AddRow(
                (number.IsColumn ? "loss.csv " : "") + Markup.Escape(number.Name),
                number.Reference.ToString("G4", CultureInfo.InvariantCulture),
                Threads.Count > 1 ? Percent(number.ByThreads) : "",
                Seeds > 1 ? Percent(number.BySeeds) : "",
                Percent(number.Relative) + (number.Absolute is { } absolute ? " + " + absolute.ToString("G3", CultureInfo.InvariantCulture) : ""));
        }

        if (calibration.Numbers.Count == 0)
            console.Out.WriteLine("nothing varied: all trainings gave the same numbers");
        else
            console.Ansi.Write(table);
        if (calibration is { MeanSimilarity: { } mean, WorstWindow: { } worst })
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pictures, by threads: mean similarity at least {mean:0.000}, worst window at least {worst:0.000}"));
        console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Deviations are the largest of all epochs, relative. By threads is what another machine does at least; by seeds is what chance does, and a change within
            it cannot be told from luck. Tolerances are {Calibration.Margin} times the larger one, rounded up. To be put into the spec:

            """).ReplaceLineEndings("\n"));
        console.Out.Write(calibration.Propose(spec.Checks).ToYaml());
    }

    private static string Percent(double share) => double.IsFinite(share) ? (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %" : "∞";
}
