namespace Vae.Dsl.Diagnostics;

/// <summary>One thing that is wrong with the user's input or machine: what, why, and what to do.</summary>
/// <param name="Code">An entry of the <see cref="DiagnosticTable"/>.</param>
/// <param name="Message">The whole sentence, without code and place.</param>
/// <param name="Location">Where, or <c>null</c> where no file is to blame.</param>
public sealed record Diagnostic(DiagnosticCode Code, string Message, Location? Location = null)
{
    /// <summary>How much it matters.</summary>
    public Severity Severity => Code.Severity;

    /// <summary>The build's canonical form: <c>file(line,column): error VAE1201: text</c>.</summary>
    public override string ToString()
    {
        string place = Location is null ? "" : Location + ": ";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code.Id}: {Message}";
    }
}
