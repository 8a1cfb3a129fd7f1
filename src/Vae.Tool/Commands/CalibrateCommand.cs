using System.CommandLine;
using System.Globalization;
using Vae.Dsl;

namespace Vae.Tool.Commands;

/// <summary><c>vae calibrate</c>: tolerances for a spec's snapshots, with their evidence.</summary>
internal static class CalibrateCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var path = new Argument<string>("spec") { Description = "The .vae.yaml file." };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to train with: the spec's own and those after it.", DefaultValueFactory = _ => 3, HelpName = "n" };
        var threads = new Option<string>("--threads", "-t") { Description = "Numbers of threads to train with; the first is that of the reference.", DefaultValueFactory = _ => "1,2", HelpName = "n,n" };
        var output = new Option<string?>("--output", "-o") { Description = "A folder to keep the trainings in.", HelpName = "folder" };
        var device = new Option<DeviceChoice?>("--device", "-d") { Description = "auto, cpu or cuda, unless the spec says.", HelpName = "auto|cpu|cuda" };
        seeds.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) is < 1)
                result.AddError("--seeds must be at least 1");
        });
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Numbers(token.Value) is null)
                result.AddError($"--threads expects different numbers from 1 to 1024 with commas between them, got '{token.Value}'");
        });
        var options = new SpecArguments();
        var command = new Command("calibrate", "Train with several seeds and numbers of threads, and propose tolerances for the snapshots.") { path, seeds, threads, output, device };
        options.AddTo(command);
        command.SetAction(parsed => new CalibrationJob(parsed.GetRequiredValue(path), options.Read(parsed), console)
        {
            Seeds = parsed.GetValue(seeds),
            Threads = Numbers(parsed.GetRequiredValue(threads))!,
            Output = parsed.GetValue(output),
            Device = parsed.GetValue(device),
        }.Run(cancellationToken));
        return command;
    }

    /// <summary>The numbers of a list; <c>null</c> where one is none, is too small or large, or is there twice.</summary>
    private static int[]? Numbers(string list)
    {
        int?[] numbers = [.. list.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 1024 ? number : (int?)null)];
        return numbers.Contains(null) || numbers.Distinct().Count() < numbers.Length ? null : [.. numbers.Select(number => number!.Value)];
    }
}
