using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Text;

/// <summary>Collects what is wrong with a spec while reading goes on.</summary>
internal sealed class DiagnosticBag
{
    private const int Limit = 20;
    private const int MaxSuggestions = 100;

    private readonly List<Diagnostic> items = [];
    private readonly HashSet<(Location Map, string Key)> excused = [];
    private int suggestions;

    /// <summary>Whether it is worth looking for what a word may mean: of a thousand misspelt words, most are never shown.</summary>
    public bool MaySuggest() => ++suggestions <= MaxSuggestions;

    public bool HasErrors => items.Exists(item => item.Severity == Severity.Error);

    /// <summary>At most 20: errors before warnings when they do not all fit; in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> Sorted() =>
    [
        .. items.Distinct().OrderByDescending(item => item.Severity).ThenBy(item => item.Location?.Line ?? 0).Take(Limit)
            .OrderBy(item => item.Location?.Line ?? 0).ThenBy(item => item.Location?.Column ?? 0),
    ];

    public void Add(DiagnosticCode code, Location? location, string message) => items.Add(code.At(location, message));

    /// <summary>Notes that a misspelt key stands for this one, which is therefore not missing as well.</summary>
    public void Excuse(MapNode map, string key) => excused.Add((map.Location, key));

    public bool IsExcused(MapNode map, string key) => excused.Contains((map.Location, key));
}
