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

    /// <summary>Reads a file with a <c>sweep</c>, and the bases that it extends: one spec for each combination of the sweep's values.</summary>
    /// <param name="path">The file; messages name it as it is written here.</param>
    /// <param name="options">What is laid over every point, and where packages of specs are. A point's values go before it.</param>
    public static SweepLoadResult LoadSweep(string path, SpecLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new SpecLoadOptions();
        var bag = new DiagnosticBag();
        var reader = new ChainReader(options.Packages, bag);
        if (reader.Read(path) is not { } chain)
            return new SweepLoadResult([], bag.Sorted()) { Files = reader.Files };
        if (chain[0].Abstract is { } place)
            bag.Add(SpecLoadResult.Abstract(place));
        DiagnosticBag ofSweep = bag.Copy();
        (string name, IReadOnlyList<IReadOnlyList<MapEntry>>? points) = new SpecReader(chain, options, ofSweep).ReadSweep();
        HashSet<string> taken = new(StringComparer.Ordinal);
        return new SweepLoadResult(ofSweep.HasErrors ? [] : [.. points!.Select(Point)], ofSweep.Sorted()) { Name = name, Files = reader.Files };

        SweepPoint Point(IReadOnlyList<MapEntry> values)
        {
            string own = SweepReader.NameOf(name, values, taken);
            return new SweepPoint(
                own,
                [.. values.Select(value => KeyValuePair.Create(value.Key, SweepReader.Text(value.Value)))],
                () => new SpecReader(chain, options, bag.Copy()).Read(values, own) with { Files = reader.Files });
        }
    }

    private static SpecLoadResult Read(Func<ChainReader, IReadOnlyList<SpecFile>?> read, SpecLoadOptions options)
    {
        var bag = new DiagnosticBag();
        var reader = new ChainReader(options.Packages, bag);
        SpecLoadResult result = read(reader) is { } chain ? new SpecReader(chain, options, bag).Read() : new SpecLoadResult(null, bag.Sorted());
        return result with { Files = reader.Files };
    }
}
