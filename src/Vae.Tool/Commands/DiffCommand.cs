using System.CommandLine;
using System.Globalization;
using System.Text;
using Vae.Artifacts.Comparing;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae diff</c>: two specs or trainings side by side.</summary>
internal static class DiffCommand
{
    private static readonly string[] Formats = ["text", "markdown", "json"];
    private static readonly string[] Failing = ["worse", "different", "never"];

    public static Command Create(ToolConsole console)
    {
        var first = new Argument<string>("a") { Description = "What is compared with: the folder of a trained spec, or a spec." };
        var second = new Argument<string>("b") { Description = "What is compared: a folder, or a spec, over which the options about specs are laid." };
        var format = new Option<string>("--format", "-f") { Description = "text, markdown or json.", DefaultValueFactory = _ => "text" };
        var tolerance = new Option<string?>("--tolerance") { Description = "What counts as the same, relative: 5% or 0.05. Unless given, what 'checks' of the first spec says, else 2%.", HelpName = "part" };
        var failOn = new Option<string>("--fail-on") { Description = "What makes the exit code 1: worse (a metric or curve of b is), different (anything is), or never.", DefaultValueFactory = _ => "worse" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output unless given.", HelpName = "file" };
        format.AcceptOnlyFromAmong(Formats);
        failOn.AcceptOnlyFromAmong(Failing);
        tolerance.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Part(token.Value) is null)
                result.AddError($"--tolerance expects a percentage or a fraction of at least 0, got '{token.Value}'");
        });
        var command = new Command("diff", "Compare two trained specs, or two specs: values, metrics and curves.") { first, second, format, tolerance, failOn, output };
        var arguments = new SpecArguments();
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            SpecLoadOptions options = arguments.Read(parsed);
            // What is laid over the second spec shows what it changes, where both are one file.
            ComparedModel a = ComparedModel.Read(parsed.GetRequiredValue(first), new SpecLoadOptions { Packages = options.Packages });
            ComparedModel b = ComparedModel.Read(parsed.GetRequiredValue(second), options);
            ModelComparison comparison = ModelComparison.Of(a, b, parsed.GetValue(tolerance) is { } text ? Part(text) : null);
            string written = parsed.GetRequiredValue(format) switch
            {
                "json" => ComparisonJson.Write(comparison),
                "markdown" => ComparisonText.Markdown(comparison),
                _ => ComparisonText.Plain(comparison),
            };
            if (parsed.GetValue(output) is { } file)
                WholeFile.Write(file, Encoding.UTF8.GetBytes(written));
            else
                console.Out.Write(written);

            Diagnostic[] failures = [.. Failures(comparison, parsed.GetRequiredValue(failOn))];
            DiagnosticPrinter.Print(failures, console);
            return failures.Length > 0 ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<Diagnostic> Failures(ModelComparison comparison, string failOn)
    {
        if (failOn == "never")
            yield break;
        var place = new Location(comparison.Second.Path, 0, 0);
        foreach (MetricComparison metric in comparison.Metrics.Where(metric => metric.Verdict == Verdict.Worse))
            yield return Worse(place, metric.Name, metric.First, metric.Second);
        foreach (CurveComparison curve in comparison.Curves.Where(curve => curve.Verdict == Verdict.Worse))
            yield return Worse(place, $"the end of the curve {curve.Name}", curve.First[^1], curve.Second[^1]);
        if (failOn == "different" && comparison is { IsDifferent: true, IsWorse: false })
            yield return DiagnosticTable.Snapshots.Different.At(place, $"differs from {comparison.First.Path}");
    }

    private static Diagnostic Worse(Location place, string what, double? first, double? second) =>
        DiagnosticTable.Snapshots.Worse.At(place, string.Create(CultureInfo.InvariantCulture, $"{what} is worse: {second:G6}, where the first has {first:G6}"));

    private static double? Part(string text)
    {
        string trimmed = text.Trim();
        bool isPercent = trimmed.EndsWith('%');
        return double.TryParse(isPercent ? trimmed[..^1] : trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && double.IsFinite(number)
            ? isPercent ? number / 100 : number
            : null;
    }
}
