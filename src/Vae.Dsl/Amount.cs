using System.Globalization;

namespace Vae.Dsl;

/// <summary>A part of a data set: a fraction in 0..1 (<c>0.1</c>, <c>10%</c>) or a count (<c>6000</c>).</summary>
/// <param name="Value">The fraction or the count.</param>
/// <param name="IsFraction">Which of the two.</param>
public readonly record struct Amount(double Value, bool IsFraction)
{
    /// <summary>How many of <paramref name="total"/> examples that is, rounded down, at most all.</summary>
    public int Of(int total) => (int)Math.Min(total, IsFraction ? Math.Floor(Value * total) : Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
