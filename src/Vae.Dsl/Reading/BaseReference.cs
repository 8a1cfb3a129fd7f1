using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>From what stands under <c>extends</c> to a file: <c>./base.vae.yaml</c>, <c>../base.vae.yaml</c> or <c>pkg:PackageId/base.vae.yaml</c>.</summary>
internal sealed class BaseReference(IReadOnlyDictionary<string, string> packages, DiagnosticBag bag)
{
    private const string Scheme = "pkg:";
    private const string Extension = ".vae.yaml";
    private const int MaxListed = 1000;

    /// <summary>The base's path and package; <c>null</c> where a diagnostic says why there is none.</summary>
    /// <param name="reference">What is written.</param>
    /// <param name="from">The file that it is written in.</param>
    public (string Path, SpecPackage? Package)? Resolve(ScalarNode reference, SpecFile from)
    {
        try
        {
            return reference.Text.StartsWith(Scheme, StringComparison.Ordinal) ? InPackage(reference) : Relative(reference, from);
        }
        catch (Exception exception) when (SpecText.IsExpected(exception))
        {
            bag.Add(DiagnosticTable.Syntax.BaseNotFound, reference.Location, $"the base {reference.Described} cannot be looked for: {exception.Message}");
            return null;
        }
    }

    private (string Path, SpecPackage? Package)? Relative(ScalarNode reference, SpecFile from)
    {
        string text = reference.Text;
        if (!text.StartsWith("./", StringComparison.Ordinal) && !text.StartsWith("../", StringComparison.Ordinal))
            return Refuse(reference, WhyNoReference(text));
        if (text.Contains('\\', StringComparison.Ordinal))
            return Refuse(reference, $"folders are separated by '/': write '{text.Replace('\\', '/')}'");
        return Existing(reference, Combine(Path.GetDirectoryName(from.Path) ?? "", text), from.Package);
    }

    private (string Path, SpecPackage? Package)? InPackage(ScalarNode reference)
    {
        string text = reference.Text;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string id = slash < 0 ? text[Scheme.Length..] : text[Scheme.Length..slash];
        string path = slash < 0 ? "" : text[(slash + 1)..];
        if (id.Length == 0 || path.Length == 0 || path[0] == '/' || path.Contains('\\', StringComparison.Ordinal))
            return Refuse(reference, "a base from a package is written 'pkg:PackageId/path', as in 'pkg:Acme.Specs/gru-base.vae.yaml'");
        // NuGet's ids know no case.
        KeyValuePair<string, string> known = packages.FirstOrDefault(package => string.Equals(package.Key, id, StringComparison.OrdinalIgnoreCase));
        if (known.Value is not string folder)
        {
            string near = Suggestion.Nearest(id, packages.Keys, bag) is string meant ? $" Did you mean '{meant}'?"
                : packages.Count > 0 ? $" Known are: {string.Join(", ", packages.Keys.Order(StringComparer.OrdinalIgnoreCase))}."
                : " None is known.";
            bag.Add(DiagnosticTable.Syntax.UnknownPackage, reference.Location, $"there is no package of specs '{id}': reference it in the project, or pass --package {id}=folder.{near}");
            return null;
        }

        if (!Directory.Exists(folder))
        {
            bag.Add(DiagnosticTable.Syntax.UnknownPackage, reference.Location, $"the package of specs '{known.Key}' should be at '{folder}', but there is no such folder; restore the project, or correct --package");
            return null;
        }

        return Existing(reference, Combine(folder, path), new SpecPackage(known.Key, folder));
    }

    private (string Path, SpecPackage? Package)? Existing(ScalarNode reference, string path, SpecPackage? package)
    {
        if (package is not null && !IsWithin(path, package))
        {
            bag.Add(DiagnosticTable.Syntax.OutsidePackage, reference.Location, $"the base {reference.Described} points outside the package '{package.Id}'; a base of a spec from a package is in the same package, or in another: 'pkg:PackageId/path'");
            return null;
        }

        if (File.Exists(path))
            return (path, package);
        string what = Directory.Exists(path) ? $"'{path}' is a folder" : $"there is no file '{path}'";
        bag.Add(DiagnosticTable.Syntax.BaseNotFound, reference.Location, $"the base {reference.Described} is not there: {what}.{Near(reference.Text, path)}");
        return null;
    }

    /// <summary>As written and with links resolved: neither may lead out. The package itself may lie behind a link.</summary>
    private static bool IsWithin(string path, SpecPackage package) =>
        RealPath.IsWithin(Path.GetFullPath(path), Path.GetFullPath(package.Folder)) && RealPath.IsWithin(RealPath.Of(path), RealPath.Of(package.Folder));

    private static string WhyNoReference(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return "a base is never fetched from an address; copy it beside the spec ('./base.vae.yaml'), or use a package of specs ('pkg:PackageId/base.vae.yaml')";
        if (text.Length == 0)
            return "'extends' names no base; write './base.vae.yaml' or 'pkg:PackageId/base.vae.yaml'";
        if (Path.IsPathRooted(text) || text[0] == '~' || (text.Length > 1 && text[1] == ':'))
            return $"a base's path is relative to the spec that extends it, got '{text}'; write './…' or '../…'";
        return $"a base beside the spec is written with './': write './{text.Replace('\\', '/').TrimStart('.', '/')}'";
    }

    /// <summary>A file of nearly that name in the same folder.</summary>
    private string Near(string reference, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        string before = reference[..(reference.LastIndexOf('/') + 1)];
        if (!Directory.Exists(folder))
            return $" There is no folder '{before.TrimEnd('/')}' either.";
        string name = Path.GetFileName(path);
        string[] specs = [.. Directory.EnumerateFiles(folder, "*" + Extension).Take(MaxListed).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        string? near = specs.FirstOrDefault(spec => spec == name + Extension) ?? Suggestion.Nearest(name, specs, bag);
        return near is null ? "" : $" Did you mean '{before}{near}'?";
    }

    /// <summary>The path as the user would write it: parts that lead back are taken out as far as there is something to go back from.</summary>
    private static string Combine(string folder, string reference)
    {
        string path = folder;
        foreach (string part in reference.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            bool back = part == ".." && Path.GetFileName(path) is not ("" or "." or "..");
            path = back ? Path.GetDirectoryName(path) ?? path : Path.Combine(path, part);
        }

        return path;
    }

    private (string Path, SpecPackage? Package)? Refuse(ScalarNode reference, string message)
    {
        bag.Add(DiagnosticTable.Syntax.BadBase, reference.Location, message);
        return null;
    }
}
