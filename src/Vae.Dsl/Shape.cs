using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Vae.Dsl;

/// <summary>
/// The sizes of an array without its batch axis: <c>[784]</c> for a vector, <c>[C,H,W]</c> for an image,
/// <c>[T,F]</c> for a series. Two shapes with equal sizes are equal.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] sizes;

    /// <summary>Creates a shape from its sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public Shape(params int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        foreach (int size in sizes)
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
        this.sizes = [.. sizes];
    }

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Length;

    /// <inheritdoc/>
    public int Count => sizes.Length;

    /// <summary>The product of the sizes: how many numbers one example holds. 1 for the empty shape.</summary>
    public long Size => sizes.Aggregate(1L, (product, size) => checked(product * size));

    /// <inheritdoc/>
    public int this[int index] => sizes[index];

    /// <summary>Whether every size equals the other's.</summary>
    public bool Equals(Shape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int size in sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The form that specs and messages use: <c>[1,28,28]</c>.</summary>
    public override string ToString() =>
        "[" + string.Join(',', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sizes.GetEnumerator();

    /// <summary>What collection expressions call: <c>Shape s = [1, 28, 28];</c></summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes.ToArray());

    /// <summary>Equality of sizes.</summary>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Inequality of sizes.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);
}
