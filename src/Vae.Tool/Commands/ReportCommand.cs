using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Vae.Artifacts;
using Vae.Artifacts.Report;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Commands;

/// <summary><c>vae report</c>: the page of a folder, once more.</summary>
internal static class ReportCommand
{
    public static Command Create(ToolConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "The folder that 'vae train' or a build wrote." };
        var spec = new Option<string?>("--spec") { Description = "The spec that it was trained from: the page then tells who wrote which value, and shows the accepted curve in grey.", HelpName = "file" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; report.html in the folder unless given.", HelpName = "file" };
        var open = new Option<bool>("--open") { Description = "Open the page in the browser." };
        var command = new Command("report", "Write the report of a trained spec anew, from the files of its folder.") { folder, spec, output, open };
        var arguments = new SpecArguments();
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            ReportContext? context = parsed.GetValue(spec) is { } file ? ContextOf(path, file, arguments.Read(parsed)) : null;
            string page;
            if (parsed.GetValue(output) is { } elsewhere)
            {
                WholeFile.Write(elsewhere, Encoding.UTF8.GetBytes(HtmlReport.Write(ReportContent.Read(path, context))));
                page = elsewhere;
            }
            else
            {
                page = ReportFolder.Rebuild(path, context);
            }

            console.Out.WriteLine(page);
            if (parsed.GetValue(open))
                Open(page, console);
            return ExitCode.Success;
        });
        return command;
    }

    private static ReportContext ContextOf(string folder, string specPath, SpecLoadOptions options)
    {
        SpecLoadResult loaded = SpecLoader.Load(specPath, options);
        if (loaded.Spec is not { } spec)
            throw new VaeException(loaded.TrainingDiagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
        Spec trained = ArtifactFolder.ReadSpec(folder);
        // What must hold of a result changes nothing of it.
        return SpecDigest.Of(spec with { Checks = trained.Checks }) == SpecDigest.Of(trained)
            ? SpecReport.ContextOf(specPath, options, loaded)
            : throw new VaeException(DiagnosticTable.Snapshots.OtherSpec.At(new Location(folder, 0, 0), $"this folder was trained from another spec than '{specPath}' is now, or with another variant, parameter or value"));
    }

    private static void Open(string page, ToolConsole console)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(Path.GetFullPath(page)) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            console.Error.WriteLine($"vae: the page cannot be opened from here: {e.Message}");
        }
    }
}
