namespace Vae.Artifacts.Tests.Python;

/// <summary>A test that runs a script, and is skipped with the reason where there is no Python that has what the script needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    /// <param name="package">The package of Debian or Ubuntu that brings the modules.</param>
    /// <param name="modules">The modules.</param>
    public PythonFactAttribute(string package, params string[] modules) =>
        Skip = Python.With(modules) is null ? $"no Python here has {string.Join(", ", modules)} (Debian: {package})" : null;
}
