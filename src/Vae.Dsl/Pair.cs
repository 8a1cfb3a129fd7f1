namespace Vae.Dsl;

/// <summary>One number for height and one for width: a kernel, a stride, a padding. A whole number alone stands for both.</summary>
/// <param name="Height">Along the height.</param>
/// <param name="Width">Along the width.</param>
public sealed record Pair(int Height, int Width)
{
    /// <summary>The same for height and width.</summary>
    public static Pair FromInt32(int both) => new(both, both);

    /// <summary>The same for height and width: <c>kernel: 3</c>.</summary>
    public static implicit operator Pair(int both) => FromInt32(both);
}
