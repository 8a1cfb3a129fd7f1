namespace Vae.Data;

/// <summary>
/// Draws examples without replacement, and numbers that belong to an example. The numbers come from SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
/// pseudorandom number generators"), written out here so that a seed means the same split on every platform and in every
/// version. Each purpose has a stream of its own, and none is shared with weights, shuffling or noise.
/// </summary>
internal sealed class SeededDraw
{
    private ulong state;

    private SeededDraw(ulong state) => this.state = state;

    /// <summary>
    /// Parts the numbers below <paramref name="total"/> into <paramref name="count"/> drawn ones and the rest, both ascending:
    /// the first steps of a Fisher–Yates shuffle.
    /// </summary>
    /// <param name="total">How many there are.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">The stream's name: <c>test</c>, <c>limit</c>, <c>validation</c>.</param>
    public static (int[] Drawn, int[] Others) Part(int total, int count, int seed, string purpose)
    {
        SeededDraw draw = new(Start(seed, purpose));
        int[] order = [.. Enumerable.Range(0, total)];
        for (int i = 0; i < count; i++)
        {
            int other = i + (int)draw.Below((ulong)(total - i));
            (order[i], order[other]) = (order[other], order[i]);
        }

        int[] drawn = order[..count];
        int[] others = order[count..];
        Array.Sort(drawn);
        Array.Sort(others);
        return (drawn, others);
    }

    /// <summary>A stream that belongs to a content.</summary>
    public static SeededDraw Of(ReadOnlySpan<uint> content) => new(Hash(content));

    /// <summary>A number in [0, 1), each multiple of 2⁻⁵³ equally likely.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>FNV-1a of the purpose's name, mixed with the seed.</summary>
    private static ulong Start(int seed, string purpose) => new SeededDraw(Hash([.. purpose.Select(letter => (uint)letter)]) ^ unchecked((ulong)seed)).Next();

    private static ulong Hash(ReadOnlySpan<uint> content)
    {
        ulong hash = 14695981039346656037;
        foreach (uint part in content)
            hash = (hash ^ part) * 1099511628211;
        return hash;
    }

    /// <summary>The next 64 bits.</summary>
    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below <paramref name="bound"/>, each equally likely: numbers of the last, incomplete block are drawn again.</summary>
    private ulong Below(ulong bound)
    {
        ulong last = ulong.MaxValue - (ulong.MaxValue % bound);
        ulong value = Next();
        while (value >= last)
            value = Next();
        return value % bound;
    }
}
