using Vae.Artifacts;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>Trains the points of a sweep, one after another. One that fails does not stop the others.</summary>
/// <param name="specPath">The spec with the sweep.</param>
/// <param name="loadOptions">What is laid over every point.</param>
/// <param name="reporter">Told of each point and of the whole.</param>
/// <param name="jobFor">The training of a point into a folder.</param>
internal sealed class SweepJob(string specPath, SpecLoadOptions loadOptions, ITrainingReporter reporter, Func<SweepPoint, string, TrainingJob> jobFor)
{
    /// <summary>The folder of the points' folders and of <c>sweep.csv</c>; <c>artifacts/&lt;name&gt;</c> where it is <c>null</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Runs to the end and returns the exit code: success only where every point came to its end.</summary>
    public int Run(CancellationToken cancellationToken)
    {
        SweepLoadResult sweep = SpecLoader.LoadSweep(specPath, loadOptions);
        foreach (Diagnostic diagnostic in sweep.Diagnostics)
            reporter.Report(diagnostic);
        if (sweep.Points.Count == 0)
            return ExitCode.Failure;

        string folder = Path.GetFullPath(Output ?? Path.Combine("artifacts", sweep.Name));
        string table = Path.Combine(folder, ArtifactFolder.Sweep);
        List<SweepOutcome> outcomes = [];
        foreach (SweepPoint point in sweep.Points)
        {
            reporter.Point(point, outcomes.Count + 1, sweep.Points.Count);
            TrainingJob job = jobFor(point, Path.Combine(folder, point.Name));
            int code;
            try
            {
                code = job.Run(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                End();
                return ExitCode.Cancelled;
            }

            outcomes.Add(new SweepOutcome(point, code != ExitCode.Success, job.Metrics));
            // After every point: what was learned is not lost when the process ends.
            SweepFile.Write(folder, outcomes);
        }

        End();
        return outcomes.Exists(outcome => outcome.Failed) ? ExitCode.Failure : ExitCode.Success;

        void End()
        {
            // Once: a picture after each of a thousand points that are up to date would take longer than to find that out.
            if (outcomes.Count > 0)
                SweepFile.Draw(folder, sweep.Name, outcomes);
            reporter.Swept(outcomes, sweep.Points.Count, table);
        }
    }
}
