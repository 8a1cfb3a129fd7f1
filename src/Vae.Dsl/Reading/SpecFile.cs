using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>One file of a chain: its version and keys checked, its short forms expanded.</summary>
/// <param name="Path">The path as messages name it.</param>
/// <param name="Map">Its content.</param>
internal sealed record SpecFile(string Path, MapNode Map)
{
    /// <summary>The package that it comes from; <c>null</c> for a file of the user's own.</summary>
    public SpecPackage? Package { get; init; }

    /// <summary>Where it says that it is abstract; <c>null</c> where it does not.</summary>
    public Location? Abstract { get; init; }

    /// <summary>The file; <c>null</c> where its text is no spec, so that nothing more can be said of it.</summary>
    public static SpecFile? From(Node? root, string path, DiagnosticBag bag)
    {
        if (root is not MapNode map)
        {
            bag.Add(DiagnosticTable.Syntax.NotASpec, root?.Location ?? new Location(path, 1, 1), $"a spec is a map that begins with 'vae: 1'{(root is null ? "; the file is empty" : $", got {root.Described}")}");
            return null;
        }

        if (!TryVersion(map, bag))
            return null;
        map = Shorthand.Expand(map, Grammar.Root, bag);
        new KeyChecker(bag).Check(map, Grammar.Root);
        bool isAbstract = new Fields(map, Grammar.Root, bag).Flag("abstract") == true;
        return new SpecFile(path, map) { Abstract = isAbstract ? map.Find("abstract")!.KeyLocation : null };
    }

    private static bool TryVersion(MapNode map, DiagnosticBag bag)
    {
        if (map.Entries is not [{ Key: "vae" } first, ..])
        {
            MapEntry? later = map.Find("vae");
            bag.Add(
                DiagnosticTable.Syntax.Version,
                later?.KeyLocation ?? map.Location with { EndLine = 0, EndColumn = 0 },
                later is null ? "a spec begins with the language version; write 'vae: 1' as its first line" : "'vae: 1' must be the first key; move it to the top");
            // Its other faults are worth reporting, unless the file may be something else altogether.
            return later is not null;
        }

        if (first.Value is ScalarNode { IsQuoted: false, Text: "1" })
            return true;
        bool newer = first.Value is ScalarNode scalar && Numerals.TryInt(scalar, out long version) && version > 1;
        bag.Add(DiagnosticTable.Syntax.Version, first.Value.Location, newer
            ? $"this spec is written in version {((ScalarNode)first.Value).Text} of the language, but this tool knows version 1; use a newer tool"
            : $"the language version must be 1, got {first.Value.Described}; write 'vae: 1'");
        return !newer;
    }
}
