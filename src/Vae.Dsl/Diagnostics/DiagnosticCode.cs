namespace Vae.Dsl.Diagnostics;

/// <summary>A row of the <see cref="DiagnosticTable"/>.</summary>
/// <param name="Id"><c>VAE</c> and four digits, for ever the same.</param>
/// <param name="Title">A short name of the fault, for the docs page and editors.</param>
/// <param name="Help">What to do about it, in one or two sentences.</param>
/// <param name="Severity">How much it matters.</param>
public sealed record DiagnosticCode(string Id, string Title, string Help, Severity Severity = Severity.Error)
{
    /// <summary>A diagnostic with this code.</summary>
    public Diagnostic At(Location? location, string message) => new(this, message, location);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
