using Vae.Dsl;

namespace Vae.Data;

/// <summary>
/// The windows of one split over the rows that they cover, each row once: windows that overlap share them, so memory grows with the
/// rows and not with rows times length.
/// </summary>
internal static class SeriesWindows
{
    /// <summary>Takes the windows that begin at the given rows.</summary>
    /// <param name="rows">The whole series, <c>[rows,F]</c>, perhaps with a label a row.</param>
    /// <param name="starts">The first row of each window, ascending.</param>
    /// <param name="length">T, the rows of a window.</param>
    /// <returns>The covered rows, where each window begins in them, and each window's label, which is that of its last row.</returns>
    public static RawExamples Take(RawExamples rows, int[] starts, int length)
    {
        int features = (int)rows.Values.ExampleShape.Size;
        List<int> covered = [];
        int[] moved = new int[starts.Length];
        int end = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            for (int row = Math.Max(end, starts[i]); row < starts[i] + length; row++)
                covered.Add(row);
            end = starts[i] + length;
            moved[i] = checked((covered.Count - length) * features);
        }

        RawExamples taken = rows.Select([.. covered]);
        int[]? labels = rows.Labels is { } all ? Array.ConvertAll(starts, start => all[start + length - 1]) : null;
        return new RawExamples(taken.Values, labels) { Starts = moved };
    }
}
