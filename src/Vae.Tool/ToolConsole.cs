using Spectre.Console;
using Vae.Artifacts.Snapshots;

namespace Vae.Tool;

/// <summary>Where the tool writes. Tests put their own in place of the process's.</summary>
/// <param name="Out">Results, and events with <c>--json</c>.</param>
/// <param name="Error">Diagnostics.</param>
/// <param name="Ansi">The same as <paramref name="Out"/>, with colour and live regions where the terminal has them.</param>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, IAnsiConsole Ansi)
{
    /// <summary>Whether nobody sits in front of the screen, so that nothing may be accepted.</summary>
    public bool IsBuildServer { get; init; } = BuildServer.Detected;

    /// <summary>Whether lines can be redrawn. Not so in a pipe, a log or a dumb terminal.</summary>
    public bool IsInteractive => Ansi.Profile.Capabilities.Interactive && Ansi.Profile.Capabilities.Ansi;

    /// <summary>The process's own streams. Spectre.Console honours <c>NO_COLOR</c> and redirection.</summary>
    public static ToolConsole OfProcess() => new(
        Console.Out,
        Console.Error,
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Interactive = Console.IsOutputRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        }));

    /// <summary>A console of plain text.</summary>
    public static ToolConsole Plain(TextWriter output, TextWriter error) => new(
        output,
        error,
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        }));
}
