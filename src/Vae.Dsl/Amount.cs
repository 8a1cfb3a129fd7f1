using System.Globalization;

namespace Vae.Dsl;

/// <summary>A part of a data set: a fraction in 0..1 (<c>0.1</c>, <c>10%</c>) or a count (<c>6000</c>).</summary>
/// <param name="Value">The fraction or the count.</param>
/// <param name="IsFraction">Which of the two.</param>
public readonly record struct Amount(double Value, bool IsFraction)
{
    /// <summary>How many of <paramref name="total"/> examples that is, rounded down, at most all.</summary>
    public int Of(int total)
    {
        // 0.29 of 100 is 28.999999999999996 in doubles, and 29 to everybody else.
        return (int)Math.Min(total, IsFraction ? Math.Floor(Math.Round(Value * total, 6)) : Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
