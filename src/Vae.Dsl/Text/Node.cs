using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Text;

/// <summary>A value in a spec with the place that it came from, before anything is known of its meaning.</summary>
internal abstract record Node(Location Location)
{
    /// <summary>How a message names the value.</summary>
    public abstract string Described { get; }
}

/// <summary>One word or number.</summary>
/// <param name="Text">The text without quotes.</param>
/// <param name="IsQuoted">Whether it was quoted or a block scalar, and so is text and nothing else.</param>
/// <param name="Location">Where.</param>
internal sealed record ScalarNode(string Text, bool IsQuoted, Location Location) : Node(Location)
{
    /// <summary>Whether a fault in it was reported already; readers pass over it in silence.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The parameter whose value this is, put in the place of <c>$(name)</c>; <c>null</c> for a value that was written here.</summary>
    public ParameterUse? Parameter { get; init; }

    public bool IsNull => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>A value that another file gives through a parameter is described with that place: it is there that it is changed.</summary>
    public override string Described =>
        (IsNull ? "nothing" : Text.Length > 40 ? $"'{Text[..40]}…'" : $"'{Text}'") +
        (Parameter is { } use && use.Place.File != Location.File ? $", the value of $({use.Name}) in {use.Place}" : "");
}

/// <summary>A list.</summary>
internal sealed record ListNode(IReadOnlyList<Node> Items, Location Location) : Node(Location)
{
    /// <summary>The parameter whose value this is; <c>null</c> for a list that was written here.</summary>
    public ParameterUse? Parameter { get; init; }

    public override string Described => Items.Count <= 6 && Items.All(item => item is ScalarNode)
        ? "[" + string.Join(", ", Items.Select(item => ((ScalarNode)item).Text)) + "]"
        : "a list";
}

/// <summary>A map with its keys in the order of the text.</summary>
internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, Location Location) : Node(Location)
{
    public override string Described => "a map";

    /// <summary>The value of a key; <c>null</c> where it is absent or written as null, which means the same.</summary>
    public Node? this[string key] => Find(key)?.Value is { } value && value is not ScalarNode { IsNull: true } ? value : null;

    public MapEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>A copy with one key set, at its old place or at the end.</summary>
    public MapNode With(MapEntry entry) => Find(entry.Key) is null
        ? this with { Entries = [.. Entries, entry] }
        : this with { Entries = [.. Entries.Select(old => old.Key == entry.Key ? entry : old)] };

    /// <summary>A copy without a key.</summary>
    public MapNode Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
}

/// <summary>A key, its place and its value.</summary>
internal sealed record MapEntry(string Key, Location KeyLocation, Node Value);
