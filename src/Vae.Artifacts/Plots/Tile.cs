using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>One example of an array of examples.</summary>
/// <param name="Array">Its first axis counts examples.</param>
/// <param name="Index">Which.</param>
internal sealed record Tile(NamedArray Array, int Index)
{
    /// <summary>What it should look like, drawn behind it where tiles are line charts; or <c>null</c>.</summary>
    public Tile? Original { get; init; }

    /// <summary>A place that stays free.</summary>
    public static Tile Empty(NamedArray array) => new(array, -1);

    /// <summary>Whether there is no example.</summary>
    public bool IsEmpty => Index < 0;

    public ReadOnlySpan<float> Values
    {
        get
        {
            int size = Array.Values.Length / Array.Shape[0];
            return Array.Values.AsSpan(Index * size, size);
        }
    }

    public ReadOnlySpan<float> Reference => Original is null ? [] : Original.Values;
}
