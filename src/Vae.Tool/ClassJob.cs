using System.Text;
using Vae.Artifacts.Classes;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>Writes the C# classes of a project's specs. Nothing of data or tensors is touched, so an editor may ask while its user types.</summary>
internal sealed class ClassJob(ClassRequest request, JsonReporter reporter)
{
    private readonly Dictionary<string, string> taken = new(StringComparer.Ordinal);

    /// <summary>Writes all that can be written, and returns the exit code.</summary>
    public int Run()
    {
        bool failed = false;
        foreach (ClassRequest.Item item in request.Specs)
            failed |= !Write(item);
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private bool Write(ClassRequest.Item item)
    {
        SpecLoadResult loaded = SpecLoader.Load(item.Path, item.Options(request.Packages));
        reporter.Reads([.. loaded.Files.Select(Path.GetFullPath)]);
        bool isBase = loaded is { AbstractAt: not null, Diagnostics: [] };
        if (isBase || (loaded.Spec is { } whole && !ModelClassWriter.HasClass(whole)))
        {
            // It may have had a class before.
            File.Delete(item.Output);
            return true;
        }

        // A spec's warnings are those of its training. What was generated of an earlier text stays, for an editor's sake.
        foreach (Diagnostic diagnostic in loaded.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error))
            reporter.Report(diagnostic);
        if (loaded.Spec is not { } spec || NameOf(item) is not { } options)
            return false;
        if (!taken.TryAdd($"{options.Namespace}.{options.Class}", item.Path))
        {
            Report(DiagnosticTable.Environment.ClassNameTwice, $"'{item.Path}' and '{taken[$"{options.Namespace}.{options.Class}"]}' would both become the class {options.Namespace}.{options.Class}. Give one of them a name of its own: <VaeSpec Update=\"path\" ClassName=\"Other\" />.");
            return false;
        }

        WriteIfChanged(item.Output, ModelClassWriter.Write(spec, options));
        reporter.Class(item.Path, item.Output);
        return true;
    }

    private ModelClassOptions? NameOf(ClassRequest.Item item)
    {
        string file = Path.GetFileName(item.Path);
        string space = item.Namespace ?? string.Join('.', ((string[])[CSharpNames.Namespace(request.RootNamespace), "Models"]).Where(part => part.Length > 0));
        string name = item.ClassName ?? ModelClassWriter.ClassName(item.Name, space);
        string? fault =
            !CSharpNames.IsNamespace(space) ? $"Namespace=\"{space}\" of '{file}' is no namespace of C#."
            : !ModelClassWriter.IsClassName(name) ? $"ClassName=\"{name}\" of '{file}' is no name of C#, or that of a member of the class itself."
            : item.Access is not ("public" or "internal") ? $"Access=\"{item.Access}\" of '{file}' must be public or internal."
            : null;
        if (fault is null)
            return new ModelClassOptions(name, space, file, request.ModelsFolder, item.Name) { IsPublic = item.Access == "public", IsNullableAware = request.IsNullableAware };
        Report(DiagnosticTable.Environment.ClassName, $"{fault} Correct the item <VaeSpec Include=\"{file}\" />.");
        return null;
    }

    private void Report(DiagnosticCode code, string message) => reporter.Report(code.At(new Location(request.Project, 0, 0), message));

    /// <summary>A file that stays as it is keeps its time, so that nothing is compiled anew for a comment in a spec.</summary>
    private static void WriteIfChanged(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, path, overwrite: true);
    }
}
