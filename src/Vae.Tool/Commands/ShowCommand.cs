using System.CommandLine;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae show</c>: what a spec means.</summary>
internal static class ShowCommand
{
    public static Command Create(ToolConsole console)
    {
        var path = new Argument<string>("spec") { Description = "The .vae.yaml file." };
        var resolved = new Option<bool>("--resolved", "-r") { Description = "The full spec, every default filled in: what is fingerprinted." };
        var origins = new Option<bool>("--origins") { Description = "Each value of the full spec, with the file, line and column it came from." };
        var sweep = new Option<bool>("--sweep") { Description = "The points of the spec's sweep: their names and values." };
        var options = new SpecArguments();
        var command = new Command("show", "Show a spec's layers with shapes and parameters, or its full form.") { path, resolved, origins, sweep };
        command.Validators.Add(result =>
        {
            if (((Option<bool>[])[resolved, origins, sweep]).Count(result.GetValue) > 1)
                result.AddError("--resolved, --origins and --sweep show different things; give one of them");
        });
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(sweep))
                return ShowSweep(SpecLoader.LoadSweep(parsed.GetRequiredValue(path), options.Read(parsed)), console);
            SpecLoadResult loaded = SpecLoader.Load(parsed.GetRequiredValue(path), options.Read(parsed));
            DiagnosticPrinter.Print(loaded.TrainingDiagnostics, console);
            if (loaded.Spec is not { } spec)
                return ExitCode.Failure;
            console.Out.Write(parsed.GetValue(origins) ? OriginTable.Write(loaded.Origins) : parsed.GetValue(resolved) ? spec.ToYaml() : spec.Describe());
            return ExitCode.Success;
        });
        return command;
    }

    private static int ShowSweep(SweepLoadResult sweep, ToolConsole console)
    {
        // A fault that all points share is told once.
        Diagnostic[] diagnostics = [.. sweep.Diagnostics, .. sweep.Points.SelectMany(point => point.Load().Diagnostics).Distinct()];
        DiagnosticPrinter.Print(diagnostics, console);
        if (sweep.Points.Count > 0)
            console.Out.Write(SweepTable.Write(sweep.Points));
        return diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) ? ExitCode.Failure : ExitCode.Success;
    }
}
