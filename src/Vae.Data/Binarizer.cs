using System.Runtime.InteropServices;
using Vae.Dsl;

namespace Vae.Data;

/// <summary>Makes 0 and 1 of the values of a split, once.</summary>
internal static class Binarizer
{
    /// <summary>The values as 0 and 1.</summary>
    /// <param name="how">At 0.5, or by a draw.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="size">How many of them are an example.</param>
    /// <param name="value">The value at a place.</param>
    public static byte[] Apply(Binarization how, int count, int size, Func<int, float> value)
    {
        byte[] bits = new byte[count];
        if (how == Binarization.Threshold)
        {
            for (int i = 0; i < count; i++)
                bits[i] = (byte)(value(i) >= 0.5f ? 1 : 0);
            return bits;
        }

        float[] example = new float[size];
        for (int start = 0; start < count; start += size)
        {
            for (int i = 0; i < size; i++)
                example[i] = value(start + i);

            // An example is the seed of its own draw: it becomes the same on every machine, in every split, whatever lies beside it.
            var draw = SeededDraw.Of(MemoryMarshal.Cast<float, uint>(example));
            for (int i = 0; i < size; i++)
                bits[start + i] = (byte)(draw.Fraction() < example[i] ? 1 : 0);
        }

        return bits;
    }
}
