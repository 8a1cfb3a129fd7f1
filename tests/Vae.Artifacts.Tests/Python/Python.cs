using System.ComponentModel;
using System.Diagnostics;

namespace Vae.Artifacts.Tests.Python;

/// <summary>A Python that has some modules: the one in VAE_PYTHON, the system's own, or the one on the path.</summary>
internal static class Python
{
    private static readonly string[] Candidates = [.. new[] { Environment.GetEnvironmentVariable("VAE_PYTHON"), "/usr/bin/python3", "python3", "python" }.OfType<string>()];

    /// <summary>The first that can import all of them; <c>null</c> where none can.</summary>
    public static string? With(params string[] modules)
    {
        // Looked for, not imported: PyTorch takes seconds.
        string probe = $"import importlib.util, sys; sys.exit(any(importlib.util.find_spec(name) is None for name in '{string.Join(' ', modules)}'.split()))";
        return Candidates.FirstOrDefault(python => Run(python, "-c", probe).Code == 0);
    }

    /// <summary>Runs a script of <c>tests/interop</c> to its end.</summary>
    public static (int Code, string Output) RunScript(string python, string script, params string[] arguments) =>
        Run(python, [Path.Combine(Interop, script), .. arguments]);

    // A deterministic build writes other paths into the assembly, so the folder is looked for from where the tests run.
    private static string Interop
    {
        get
        {
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                string interop = Path.Combine(folder.FullName, "tests", "interop");
                if (Directory.Exists(interop))
                    return interop;
            }

            throw new DirectoryNotFoundException("tests/interop is not above the tests");
        }
    }

    private static (int Code, string Output) Run(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // Modules are read from folders that are compared and removed.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
