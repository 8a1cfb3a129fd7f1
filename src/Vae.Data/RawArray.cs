using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>An array as a file holds it: all axes, in C order, bytes where it has bytes and floats for every other type.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Axes">All axes; the first counts the examples.</param>
internal sealed record RawArray(string Path, Shape Axes)
{
    /// <summary>More classes than this are taken for numbers that are no labels at all.</summary>
    public const int MostClasses = 65_536;

    /// <summary>The bytes; or <c>null</c> where <see cref="Floats"/> is given.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What a byte is at most: 255, or 1 where the file held truth values.</summary>
    public int ByteMaximum { get; init; } = byte.MaxValue;

    /// <summary>The floats; or <c>null</c> where <see cref="Bytes"/> is given.</summary>
    public float[]? Floats { get; init; }

    /// <summary>How many examples.</summary>
    public int Count => Axes[0];

    /// <summary>The shape of one example.</summary>
    public Shape ExampleShape => new([.. Axes.Skip(1)]);

    /// <summary>
    /// The number of elements that the axes of an untrusted header stand for, checked against what an array and the memory can hold.
    /// </summary>
    public static int CheckedLength(string path, IReadOnlyList<long> axes, long memoryLimit, int bytesEach)
    {
        UInt128 length = 1;
        foreach (long axis in axes)
        {
            if (axis < 0)
                throw DataFault.At(DiagnosticTable.Data.Malformed, path, $"the size {axis} of an axis is negative");
            if (axis > int.MaxValue)
                throw DataFault.At(DiagnosticTable.Data.TooLarge, path, $"an axis of {axis} is longer than an array can be");
            length = UInt128.Min(length * (UInt128)axis, ulong.MaxValue);
        }

        if (length == 0)
            throw DataFault.At(DiagnosticTable.Data.Empty, path, $"there are no values: the array is [{string.Join(',', axes)}]");
        UInt128 bytes = length * (UInt128)bytesEach;
        if (length > (UInt128)Array.MaxLength || bytes > (UInt128)memoryLimit)
        {
            string shown = string.Join(',', axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture)));
            throw DataFault.At(
                DiagnosticTable.Data.TooLarge,
                path,
                $"[{shown}] takes {Megabytes(bytes)} MB in memory; the limit here is {Megabytes((UInt128)memoryLimit)} MB");
        }

        return (int)length;
    }

    /// <summary>The values as class numbers.</summary>
    /// <exception cref="VaeException">A value is no whole number from 0.</exception>
    public int[] ToLabels()
    {
        if (ExampleShape.Size != 1)
            throw DataFault.At(DiagnosticTable.Data.LabelCount, Path, $"labels are one number an example; here are arrays of {ExampleShape}");
        if (Bytes is not null)
            return Array.ConvertAll(Bytes, value => (int)value);
        int[] labels = new int[Count];
        for (int i = 0; i < labels.Length; i++)
        {
            float value = Floats![i];
            if (!(value >= 0 && value < MostClasses && value == MathF.Floor(value)))
            {
                throw DataFault.At(
                    DiagnosticTable.Data.LabelValue,
                    Path,
                    string.Create(CultureInfo.InvariantCulture, $"label {i} (from 0) is {value}; class numbers are whole, from 0, below {MostClasses}"));
            }

            labels[i] = (int)value;
        }

        return labels;
    }

    /// <summary>Says where the first value is that is NaN or infinite.</summary>
    public void RequireFinite()
    {
        int bad = Floats is null ? -1 : Array.FindIndex(Floats, value => !float.IsFinite(value));
        if (bad < 0)
            return;
        long size = ExampleShape.Size;
        throw DataFault.At(
            DiagnosticTable.Data.BadNumber,
            Path,
            string.Create(CultureInfo.InvariantCulture, $"value {bad % size} of example {bad / size} (both from 0) is {Floats![bad]}"));
    }

    private static string Megabytes(UInt128 bytes) => (bytes / 1_000_000).ToString(CultureInfo.InvariantCulture);
}
