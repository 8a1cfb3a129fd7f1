using System.CommandLine;
using Vae.Dsl;
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
        resolved.Validators.Add(result =>
        {
            if (result.GetValue(resolved) && result.GetValue(origins))
                result.AddError("--resolved and --origins are two forms of the same; give one of them");
        });
        var options = new SpecArguments();
        var command = new Command("show", "Show a spec's layers with shapes and parameters, or its full form.") { path, resolved, origins };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            SpecLoadResult loaded = SpecLoader.Load(parsed.GetRequiredValue(path), options.Read(parsed));
            DiagnosticPrinter.Print(loaded.TrainingDiagnostics, console);
            if (loaded.Spec is not { } spec)
                return ExitCode.Failure;
            console.Out.Write(parsed.GetValue(origins) ? OriginTable.Write(loaded.Origins) : parsed.GetValue(resolved) ? spec.ToYaml() : spec.Describe());
            return ExitCode.Success;
        });
        return command;
    }
}
