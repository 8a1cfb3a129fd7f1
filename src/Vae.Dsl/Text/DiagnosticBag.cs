using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Text;

/// <summary>Collects what is wrong with a spec and its bases while reading goes on.</summary>
internal sealed class DiagnosticBag
{
    private const int Limit = 20;
    private const int MaxSuggestions = 100;

    private readonly List<Diagnostic> items = [];
    private readonly Dictionary<Location, HashSet<string>> excused = [];
    private readonly Dictionary<string, int> files = new(StringComparer.Ordinal);
    private readonly Stack<string> contexts = new();
    private int suggestions;

    /// <summary>Whether it is worth looking for what a word may mean: of a thousand misspelt words, most are never shown.</summary>
    public bool MaySuggest() => ++suggestions <= MaxSuggestions;

    public bool HasErrors => items.Exists(item => item.Severity == Severity.Error);

    /// <summary>How many were added, to tell whether more were.</summary>
    public int Count => items.Count;

    /// <summary>At most 20: errors before warnings when they do not all fit; in the order of the text, the spec before its bases.</summary>
    public IReadOnlyList<Diagnostic> Sorted() =>
    [
        .. items.Distinct().OrderByDescending(item => item.Severity).ThenBy(Rank).ThenBy(item => item.Location?.Line ?? 0).Take(Limit)
            .OrderBy(Rank).ThenBy(item => item.Location?.Line ?? 0).ThenBy(item => item.Location?.Column ?? 0),
    ];

    public void Add(DiagnosticCode code, Location? location, string message) =>
        items.Add(code.At(location, contexts.Count == 0 ? message : $"{message} ({string.Join(", ", contexts)})"));

    /// <summary>Takes what another bag holds.</summary>
    public void Add(DiagnosticBag other) => items.AddRange(other.items);

    /// <summary>Notes the next file of a chain; its diagnostics come after those of the files before it.</summary>
    public void Begin(string file) => files.TryAdd(file, files.Count);

    /// <summary>Until the end of the scope, every message says in which larger thing its place stands.</summary>
    public IDisposable Within(string context)
    {
        contexts.Push(context);
        return new Scope(contexts);
    }

    /// <summary>Notes that a misspelt key stands for this one, which is therefore not missing as well.</summary>
    public void Excuse(MapNode map, string key)
    {
        if (!excused.TryGetValue(map.Location, out HashSet<string>? keys))
            excused[map.Location] = keys = [];
        keys.Add(key);
    }

    /// <summary>What was excused in a map is excused in the one that it became a part of, too.</summary>
    public void Carry(MapNode from, MapNode to)
    {
        if (from.Location == to.Location || !excused.TryGetValue(from.Location, out HashSet<string>? keys))
            return;
        foreach (string key in keys)
            Excuse(to, key);
    }

    public bool IsExcused(MapNode map, string key) => excused.TryGetValue(map.Location, out HashSet<string>? keys) && keys.Contains(key);

    /// <summary>A bag with the same content, to go on from here more than once.</summary>
    public DiagnosticBag Copy()
    {
        var copy = new DiagnosticBag();
        copy.items.AddRange(items);
        foreach ((Location map, HashSet<string> keys) in excused)
            copy.excused[map] = [.. keys];
        foreach ((string file, int rank) in files)
            copy.files[file] = rank;
        return copy;
    }

    /// <summary>What comes from the command line goes first.</summary>
    private int Rank(Diagnostic diagnostic) => diagnostic.Location is { } place && files.TryGetValue(place.File, out int rank) ? rank : -1;

    private sealed class Scope(Stack<string> contexts) : IDisposable
    {
        public void Dispose() => contexts.Pop();
    }
}
