using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Vae.Artifacts.Store;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>
/// Brings a package of native libraries to this machine: <c>dotnet restore</c> of a project that downloads it and has nothing else. The NuGet configuration is that
/// of the current folder, so sources, credentials, proxies and the package folder are the user's own, and what is restored lies where the user's other packages do.
/// </summary>
internal static class PackageRestore
{
    private const string ProjectFile = "natives.csproj";

    // Set by an MSBuild around this process; they would lead the one started here to parts of another SDK.
    private static readonly string[] VariablesOfBuilds = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILD_EXE_PATH"];

    /// <summary>Restores the package, once for all processes that ask at the same time.</summary>
    /// <param name="package">What is missing.</param>
    /// <param name="isThere">Whether it is there after all, asked once nobody else restores it.</param>
    /// <param name="tell">Told what takes long: a download, or another process that downloads.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <returns>The package folder that holds it; <c>null</c> where another process has brought it meanwhile, to where it is found without that.</returns>
    /// <exception cref="VaeException">VAE0002: it could not be restored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string? Run(NativePackage package, Func<bool> isThere, Action<string> tell, CancellationToken cancellationToken)
    {
        using FileLock? alone = MachineLock.Take(
            $"{package.Id} {package.Version}",
            owner => tell($"waiting for {owner?.ToString() ?? "another process"}, which restores {package.Id}"),
            cancellationToken);
        if (isThere())
            return null;

        tell($"restoring {package.Id} {package.Version} from your NuGet sources, once for this user (a download of {package.Size})");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-restore-");
        try
        {
            WriteProject(folder.FullName, package);
            (int exitCode, string output) = Restore(folder.FullName, cancellationToken);
            return exitCode == 0 && FolderWith(package, Path.Combine(folder.FullName, "obj", "project.assets.json")) is { } found
                ? found
                : throw Failure(package, ErrorsIn(output, Path.Combine(folder.FullName, ProjectFile)));
        }
        catch (Win32Exception e)
        {
            throw Failure(package, $"'dotnet restore' could not be started: {e.Message}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteProject(string folder, NativePackage package)
    {
        XElement project = new(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                // A framework that no targeting pack need be restored for, whichever SDK it is.
                new XElement("TargetFramework", "netstandard2.0"),
                new XElement("DisableImplicitFrameworkReferences", "true"),
                new XElement("NuGetAudit", "false"),
                // NuGet looks for its configuration above the project; the user's is above the folder that this process runs in.
                new XElement("RestoreRootConfigDirectory", Escaped(Directory.GetCurrentDirectory()))),
            new XElement("ItemGroup", new XElement("PackageDownload", new XAttribute("Include", package.Id), new XAttribute("Version", $"[{package.Version}]"))));
        File.WriteAllText(Path.Combine(folder, ProjectFile), project.ToString());

        // Whatever lies above a temporary folder is not meant for this project.
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
    }

    private static (int ExitCode, string Output) Restore(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Host(), ["restore", Path.Combine(folder, ProjectFile), "-v:q", "-nologo", "-tl:off", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in VariablesOfBuilds)
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        var output = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellationToken.Register(() => Kill(process)))
            process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, output.ToString());
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>The <c>dotnet</c> that runs this process or the build around it; the one on the path where neither is known.</summary>
    private static string Host() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own
        : "dotnet";

    /// <summary>What NuGet complained of, without the path of a project that the user never saw.</summary>
    private static string ErrorsIn(string output, string project)
    {
        const string mark = ": error ";
        string[] errors =
        [
            .. output.Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => line.Contains(mark, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Replace($"[{project}]", "", StringComparison.Ordinal).Trim(' ', ':'))
                .Distinct(StringComparer.Ordinal),
        ];
        return errors.Length > 0 ? string.Join(" ", errors) : output.ReplaceLineEndings(" ").Trim();
    }

    private static string? FolderWith(NativePackage package, string assets)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return document.RootElement.GetProperty("packageFolders").EnumerateObject()
            .Select(folder => folder.Name)
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, package.Id, package.Version)));
    }

    // What MSBuild reads as its own in a property's value.
    private static string Escaped(string path) =>
        string.Concat(path.Select(letter => "%*?@$();'".Contains(letter, StringComparison.Ordinal) ? $"%{(int)letter:X2}" : letter.ToString()));

    private static VaeException Failure(NativePackage package, string reason) => new(DiagnosticTable.Environment.NativePackage.At(
        null,
        $"{package.Id} {package.Version} is needed {package.Purpose} and could not be restored: {reason.TrimEnd('.')}. Where one of your package sources can be reached, 'dotnet package download {package.Id}@{package.Version}' gets it; or {package.Otherwise}."));
}
