namespace Vae.Dsl.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Message,

    /// <summary>The work goes on.</summary>
    Warning,

    /// <summary>Nothing is produced.</summary>
    Error,
}
