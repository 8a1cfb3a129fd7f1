using Vae.Dsl;

namespace Vae.Data;

/// <summary>Examples as a file holds them: in the shape of a spec, and not scaled.</summary>
/// <param name="Shape">The shape of one.</param>
/// <param name="Values">All of them one after another, in C order, channels first; bytes where <see cref="ByteMaximum"/> says so.</param>
public sealed record StoredExamples(Shape Shape, float[] Values)
{
    /// <summary>What a value is at most where the file holds bytes: 255, or 1 where it holds truth values; <c>null</c> where it holds other numbers.</summary>
    public int? ByteMaximum { get; init; }

    /// <summary>The label of each as the file names it; <c>null</c> where it has none.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The name of each, of pictures their paths below the folder with forward slashes; <c>null</c> where there are none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>How many rows at the end of a series are too few for one more window.</summary>
    public int RowsLeft { get; init; }

    /// <summary>How many examples.</summary>
    public int Count => (int)(Values.Length / Shape.Size);
}
