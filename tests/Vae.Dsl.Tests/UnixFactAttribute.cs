namespace Vae.Dsl.Tests;

/// <summary>A fact about symbolic links, which need a privilege on Windows.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "symbolic links need a privilege there" : null;
}
