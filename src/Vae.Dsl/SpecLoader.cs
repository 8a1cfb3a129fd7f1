using Vae.Dsl.Diagnostics;
using Vae.Dsl.Reading;
using Vae.Dsl.Text;

namespace Vae.Dsl;

/// <summary>
/// Text to a checked <see cref="Spec"/>. Whatever the text and its bases, what is wrong with them comes back as diagnostics; nothing is
/// thrown. The way: text -> nodes -> short forms -> keys -> bases -> variant and overrides -> parameters -> blocks -> sections and layers
/// -> shapes -> spec.
/// </summary>
public static class SpecLoader
{
    /// <summary>Reads a file, and the bases that it extends.</summary>
    /// <param name="path">The file; messages name it as it is written here.</param>
    /// <param name="options">What is laid over it, and where packages of specs are.</param>
    public static SpecLoadResult Load(string path, SpecLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(reader => reader.Read(path), options ?? new SpecLoadOptions());
    }

    /// <summary>Reads a text, and the bases that it extends.</summary>
    /// <param name="text">The whole spec.</param>
    /// <param name="fileName">What messages call it; without <c>name:</c> the spec's name comes from it, and bases are looked for from its folder.</param>
    /// <param name="options">What is laid over it, and where packages of specs are.</param>
    public static SpecLoadResult Parse(string text, string fileName = "spec.vae.yaml", SpecLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        return Read(reader => reader.Read(text, fileName), options ?? new SpecLoadOptions());
    }

    private static SpecLoadResult Read(Func<ChainReader, IReadOnlyList<SpecFile>?> read, SpecLoadOptions options)
    {
        var bag = new DiagnosticBag();
        var reader = new ChainReader(options.Packages, bag);
        SpecLoadResult result = read(reader) is { } chain ? new SpecReader(chain, options, bag).Read() : new SpecLoadResult(null, bag.Sorted());
        return result with { Files = reader.Files };
    }
}
