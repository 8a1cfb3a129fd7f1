using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>Reads a spec and the bases that it extends, one after another.</summary>
internal sealed class ChainReader(IReadOnlyDictionary<string, string> packages, DiagnosticBag bag)
{
    /// <summary>The spec itself counts.</summary>
    private const int MaxLength = 8;

    private readonly List<SpecFile> chain = [];
    private readonly List<string> read = [];

    /// <summary>The files that were read, the spec first; those of a broken chain as far as it was followed.</summary>
    public IReadOnlyList<string> Files => read;

    /// <summary>The chain of a file, the spec first; <c>null</c> where a diagnostic says which part of it cannot be read.</summary>
    public IReadOnlyList<SpecFile>? Read(string path) => SpecText.Read(path, bag) is string text ? Read(text, path) : null;

    /// <summary>The chain of a text; its bases are looked for as if it were the file of that name.</summary>
    public IReadOnlyList<SpecFile>? Read(string text, string path)
    {
        var references = new BaseReference(packages, bag);
        SpecPackage? package = null;
        while (true)
        {
            read.Add(path);
            bag.Begin(path);
            if (Parse(text, path) is not SpecFile file)
                return null;
            file = file with { Package = package };
            chain.Add(file);
            if (file.Map["extends"] is not Node extends)
                return chain;
            if (Reference(extends) is not ScalarNode reference || references.Resolve(reference, file) is not { } found || !MayFollow(found.Path, reference))
                return null;
            (path, package) = found;
            if (SpecText.Read(path, bag) is not string next)
                return null;
            text = next;
        }
    }

    private SpecFile? Parse(string text, string path)
    {
        var own = new DiagnosticBag();
        Node? root = NodeReader.Read(text, path, own);
        bag.Add(own);
        // After a fault in the syntax the rest of the text is unknown, and messages about it would mislead.
        return root is null && own.HasErrors ? null : SpecFile.From(root, path, bag);
    }

    private ScalarNode? Reference(Node extends)
    {
        if (ValueReader.IsBroken(extends))
            return null;
        if (extends is MapNode map && map["spec"] is ScalarNode { IsNull: false } reference)
            return reference;
        if (extends is MapNode without && without["spec"] is null)
        {
            if (!bag.IsExcused(without, "spec"))
                bag.Add(DiagnosticTable.Syntax.Missing, extends.Location, "'extends' needs 'spec', the base: './base.vae.yaml' or 'pkg:PackageId/base.vae.yaml'");
        }
        else
        {
            Node wrong = (extends as MapNode)?["spec"] ?? extends;
            bag.Add(DiagnosticTable.Syntax.WrongType, wrong.Location, $"'extends' names one base, as in './base.vae.yaml', got {wrong.Described}; a chain of bases is made by letting one extend the other");
        }

        return null;
    }

    /// <summary>Whether a base is a further link: not one that is in the chain already, and not the ninth.</summary>
    private bool MayFollow(string path, ScalarNode reference)
    {
        string files = string.Join(" -> ", chain.Select(file => file.Path).Append(path));
        if (chain.Exists(file => IsSame(file.Path, path)))
            bag.Add(DiagnosticTable.Syntax.BaseCycle, reference.Location, $"'extends' comes back to a spec of the same chain: {files}. Remove one of these 'extends'.");
        else if (chain.Count == MaxLength)
            bag.Add(DiagnosticTable.Syntax.ChainTooLong, reference.Location, $"the chain of 'extends' has more than {MaxLength} specs: {files}. Put some of them together.");
        else
            return true;
        return false;
    }

    private static bool IsSame(string one, string other)
    {
        try
        {
            return string.Equals(RealPath.Of(one), RealPath.Of(other), RealPath.Comparison);
        }
        catch (Exception exception) when (SpecText.IsExpected(exception))
        {
            // The name that messages give a text may be no path at all.
            return false;
        }
    }
}
