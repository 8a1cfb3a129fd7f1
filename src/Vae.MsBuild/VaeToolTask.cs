using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Vae.MsBuild;

/// <summary>A task that the <c>vae</c> command does in a process of its own: how it is found and started, and how what it says is logged.</summary>
public abstract class VaeToolTask : ToolTask
{
    private const int LinesOfCrash = 5;

    private readonly Queue<string> _lastLines = new();

    /// <summary>The command, <c>vae.dll</c>, a full path.</summary>
    [Required]
    public string Trainer { get; set; } = "";

    /// <summary>The program that runs it; <c>dotnet</c> on the path where empty.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>The address of the page that explains the codes; no links where empty.</summary>
    public string HelpPage { get; set; } = "";

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding ResponseFileEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    /// <summary>What the command is to this task, for whoever reads that it is missing.</summary>
    private protected virtual string ToolDescription => "the trainer";

    /// <summary>The file at which a fault is shown that is no other file's; <c>null</c> for none.</summary>
    private protected abstract string? FileToBlame { get; }

    /// <summary>Every assembly of the command: whoever builds it from source changes one of them.</summary>
    private protected IEnumerable<string> ToolFiles => Directory.EnumerateFiles(Path.GetDirectoryName(Trainer)!, "*.dll");

    /// <summary>What the command said last, to be added to a message; empty where it said nothing.</summary>
    private protected string LastLines => _lastLines.Count > 0 ? " Its last lines: " + string.Join(" | ", _lastLines) : "";

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (File.Exists(Trainer))
        {
            return base.ValidateParameters();
        }

        LogFailure("VAE0020", $"{ToolDescription} was not found at '{Trainer}'. Set VaeToolPath to the full path of vae.dll, or restore the package again.");
        return false;
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost.Length > 0 ? DotNetHost : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        CommandLineBuilder line = new();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Trainer);
        return line.ToString();
    }

    // On the command line a list is written with escaped semicolons, which reach a task as one value.
    private protected static IEnumerable<string> List(ITaskItem spec, string metadata, string[] values) =>
        (spec.GetMetadata(metadata) is { Length: > 0 } own ? [own] : values)
            .SelectMany(value => value.Split(';'))
            .Select(value => value.Trim())
            .Where(value => value.Length > 0);

    /// <summary>Logs a line that is no event, and keeps it for <see cref="LastLines"/>.</summary>
    private protected void LogLine(string line)
    {
        if (line.Length > 0)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesOfCrash)
            {
                _lastLines.Dequeue();
            }
        }

        Log.LogMessage(MessageImportance.Low, "{0}", line);
    }

    private protected void LogDiagnostic(ToolEvent diagnostic)
    {
        string? file = diagnostic.Text("file") ?? FileToBlame;
        string code = diagnostic.Text("code") ?? "";
        string message = diagnostic.Text("message") ?? "";
        int line = diagnostic.Whole("line");
        int column = diagnostic.Whole("column");
        int endLine = diagnostic.Whole("endLine");
        int endColumn = diagnostic.Whole("endColumn");
        string? helpLink = HelpAddress.Of(HelpPage, code);

        // The text is an argument, not the format: a message may hold braces.
        if (diagnostic.Text("severity") == "warning")
        {
            Log.LogWarning("", code, code, helpLink, file, line, column, endLine, endColumn, "{0}", message);
        }
        else if (diagnostic.Text("severity") == "message")
        {
            Log.LogMessage("", code, code, file, line, column, endLine, endColumn, MessageImportance.High, "{0}", message);
        }
        else
        {
            Log.LogError("", code, code, helpLink, file, line, column, endLine, endColumn, "{0}", message);
        }
    }

    private protected void LogFailure(string code, string message, string? file = null) => Log.LogError("", code, code, HelpAddress.Of(HelpPage, code), file ?? FileToBlame, 0, 0, 0, 0, "{0}", message);
}
