namespace Vae.Dsl.Diagnostics;

/// <summary>
/// Carries diagnostics out of work that cannot go on (a data file that lies, a loss that is not a number).
/// The language itself returns its diagnostics and never throws this.
/// </summary>
public sealed class VaeException : Exception
{
    /// <summary>Creates an exception from one diagnostic.</summary>
    public VaeException(Diagnostic diagnostic, Exception? inner = null)
        : this([diagnostic], inner)
    {
    }

    /// <summary>Creates an exception from at least one diagnostic.</summary>
    public VaeException(IEnumerable<Diagnostic> diagnostics, Exception? inner = null)
        : this([.. diagnostics], inner)
    {
    }

    private VaeException(Diagnostic[] diagnostics, Exception? inner)
        : base(string.Join(System.Environment.NewLine, diagnostics.Select(d => d.ToString())), inner) => Diagnostics = diagnostics;

    /// <summary>What went wrong, at least one entry.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
