using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vae.Dsl.Catalogue;

namespace Vae.Dsl;

/// <summary>
/// The checked values of a component, by argument name, with every default filled in. A value is an
/// <see cref="int"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, <see cref="Shape"/>, list of <see cref="Layer"/> or, before
/// shape inference, <see cref="Auto"/>. An optional argument without a default is absent. Two sets with equal values are equal.
/// </summary>
public sealed class Arguments : IReadOnlyDictionary<string, object>, IEquatable<Arguments>
{
    private readonly ImmutableSortedDictionary<string, object> values;

    /// <summary>Creates a set of arguments.</summary>
    public Arguments(IEnumerable<KeyValuePair<string, object>> values) =>
        this.values = values.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>No arguments.</summary>
    public static Arguments None { get; } = new([]);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<object> Values => values.Values;

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public object this[string key] => values[key];

    /// <summary>The whole number under <paramref name="name"/>.</summary>
    public int Int(string name) => (int)values[name];

    /// <summary>The number under <paramref name="name"/>; a whole number will do.</summary>
    public double Float(string name) => Convert.ToDouble(values[name], CultureInfo.InvariantCulture);

    /// <summary>The truth value under <paramref name="name"/>.</summary>
    public bool Flag(string name) => (bool)values[name];

    /// <summary>The word under <paramref name="name"/>.</summary>
    public string Text(string name) => (string)values[name];

    /// <summary>The sizes under <paramref name="name"/>.</summary>
    public Shape Shape(string name) => (Shape)values[name];

    /// <summary>The layers under <paramref name="name"/>.</summary>
    public ValueList<Layer> Layers(string name) => (ValueList<Layer>)values[name];

    /// <summary>Height and width under <paramref name="name"/>.</summary>
    public Pair Pair(string name)
    {
        Shape pair = Shape(name);
        return new Pair(pair[0], pair[1]);
    }

    /// <summary>Whether <paramref name="name"/> still waits for shape inference.</summary>
    public bool IsAuto(string name) => values.TryGetValue(name, out object? value) && value is Auto;

    /// <summary>A copy without one value.</summary>
    public Arguments Without(string name) => new(values.Remove(name));

    /// <summary>A copy with one value set.</summary>
    public Arguments With(string name, object value) => new(values.SetItem(name, value));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(Arguments? other) =>
        other is not null && values.Count == other.values.Count &&
        values.All(pair => other.values.TryGetValue(pair.Key, out object? value) && pair.Value.Equals(value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Arguments);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach ((string name, object value) in values)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        "{" + string.Join(", ", values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value}"))) + "}";

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();
}
