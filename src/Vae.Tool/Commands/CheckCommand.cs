using System.CommandLine;
using System.Globalization;
using Vae.Dsl;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae check</c>: everything that can be said of specs without data or tensors.</summary>
internal static class CheckCommand
{
    public static Command Create(ToolConsole console)
    {
        var specs = new Argument<string[]>("spec") { Description = "The .vae.yaml files.", Arity = ArgumentArity.OneOrMore };
        var options = new SpecArguments();
        var command = new Command("check", "Check specs: keys, values, shapes. Reports all mistakes at once.") { specs };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            bool failed = false;
            foreach (string path in parsed.GetRequiredValue(specs))
            {
                SpecLoadResult loaded = SpecLoader.Load(path, options.Read(parsed));
                DiagnosticPrinter.Print(loaded.Diagnostics, console);
                if (loaded.Spec is { } spec)
                    console.Out.WriteLine($"{path}: {Summary(spec)}");
                else if (loaded is { AbstractAt: not null, Diagnostics: [] })
                    console.Out.WriteLine($"{path}: right, as a base for others: it is abstract");
                else
                    failed = true;
            }

            return failed ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static string Summary(Spec spec) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spec.Name} is right: {spec.Data.Shape} -> z {spec.Latent.Dim} -> {spec.Decoder.Output}, {spec.ParameterCount:N0} parameters");
}
