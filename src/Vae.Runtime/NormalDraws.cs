namespace Vae.Runtime;

/// <summary>
/// Standard normal numbers, the same for a seed in every version of .NET: SplitMix64 (Steele, Lea and Flood 2014) gives uniform
/// numbers, and two of them a pair of normal ones (Box and Muller 1958).
/// </summary>
internal static class NormalDraws
{
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    /// <summary>So many of them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Where they begin; <c>null</c> for a place of chance.</param>
    public static float[] Of(int count, int? seed)
    {
        ulong state = unchecked((ulong)(seed ?? Guid.NewGuid().GetHashCode()));
        float[] draws = new float[count];
        for (int i = 0; i < count; i += 2)
        {
            // The logarithm wants no 0.
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
            double angle = 2 * Math.PI * Uniform(ref state);
            draws[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < count)
                draws[i + 1] = (float)(radius * Math.Sin(angle));
        }

        return draws;
    }

    /// <summary>A number from 0 to below 1.</summary>
    private static double Uniform(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * UnitOf53Bits;
        }
    }
}
