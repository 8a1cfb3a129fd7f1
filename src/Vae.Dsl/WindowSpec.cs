namespace Vae.Dsl;

/// <summary>How a series is cut into examples <c>[T,F]</c>: so many rows that follow each other.</summary>
/// <param name="Length">T, the rows of a window.</param>
/// <param name="Stride">How many rows after one window the next begins; below <paramref name="Length"/> they overlap.</param>
public sealed record WindowSpec(int Length, int Stride = 1)
{
    /// <summary>Whether two windows share rows, so that only a cut in the order of rows parts them without a leak.</summary>
    public bool Overlaps => Stride < Length;
}
