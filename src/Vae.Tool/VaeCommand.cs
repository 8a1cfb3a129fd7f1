using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Commands;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>The root of the command line: the commands, their help, and what becomes of errors.</summary>
internal static class VaeCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static int Run(string[] args, ToolConsole console, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Variational autoencoders from .vae.yaml specs: check, train, sample.")
        {
            CheckCommand.Create(console),
            ShowCommand.Create(console),
            TrainCommand.Create(console, cancellationToken),
            WatchCommand.Create(console, cancellationToken),
            SampleCommand.Create(console, cancellationToken),
            EncodeCommand.Create(console, cancellationToken),
            DecodeCommand.Create(console, cancellationToken),
            ReconstructCommand.Create(console, cancellationToken),
            DiffCommand.Create(console),
            InspectCommand.Create(console),
            ReportCommand.Create(console),
            VerifyCommand.Create(console),
            AcceptCommand.Create(console),
            CalibrateCommand.Create(console, cancellationToken),
            SchemaCommand.Create(console),
            GcCommand.Create(console),
            DoctorCommand.Create(console, cancellationToken),
            GenerateCommand.Create(console),
        };
        AddExamples(root);

        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = ReadResponseFile });
        // A call for help is answered even where an argument is missing.
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                console.Error.WriteLine("vae: " + error.Message);
            console.Error.WriteLine("Try 'vae --help', or 'vae <command> --help'.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                // Signals are ours: a training needs longer than two seconds to put its files away.
                ProcessTerminationTimeout = null,
            });
        }
        catch (VaeException exception)
        {
            DiagnosticPrinter.Print(exception.Diagnostics, console);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("vae: cancelled; no result was written");
            return ExitCode.Cancelled;
        }
    }

    /// <summary>A response file holds one argument a line and nothing quoted, so that any path fits.</summary>
    private static bool ReadResponseFile(string path, out IReadOnlyList<string>? arguments, out string? error)
    {
        try
        {
            (arguments, error) = (File.ReadAllLines(path), null);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (arguments, error) = (null, $"the response file '{path}' cannot be read: {e.Message}");
            return false;
        }
    }

    private static void AddExamples(RootCommand root)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help && help.Action is HelpAction action)
                help.Action = new HelpWithExamples(action);
        }
    }

    /// <summary>The built-in help, and below it what a newcomer can copy.</summary>
    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (HelpText.For(parseResult.CommandResult.Command.Name) is { } text)
                output.WriteLine(text);
            return code;
        }
    }
}
