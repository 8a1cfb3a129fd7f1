using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Output;

/// <summary>Writes diagnostics to the error stream in the build's canonical form, which editors and MSBuild parse.</summary>
internal static class DiagnosticPrinter
{
    /// <summary>Writes them in order.</summary>
    public static void Print(IEnumerable<Diagnostic> diagnostics, ToolConsole console)
    {
        foreach (Diagnostic diagnostic in diagnostics)
            console.Error.WriteLine(diagnostic.ToString());
    }
}
