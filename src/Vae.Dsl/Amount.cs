using System.Globalization;

namespace Vae.Dsl;

/// <summary>
/// A part of a data set: a fraction in 0..1 (<c>0.1</c>, <c>10%</c>), a count (<c>6000</c>), or what comes from a moment on
/// (<c>{from: 2024-05-01}</c>), where the data has a column of times.
/// </summary>
/// <param name="Value">The fraction or the count; 0 where there is a moment.</param>
/// <param name="IsFraction">Which of the two.</param>
public readonly record struct Amount(double Value, bool IsFraction)
{
    /// <summary>The moment at which the part begins; or <c>null</c> for a fraction or a count.</summary>
    public Moment? From { get; init; }

    /// <summary>A fraction below 1, a count from 1 on.</summary>
    public static Amount FractionOrCount(double value) => new(value, IsFraction: value < 1);

    /// <summary>A count.</summary>
    public static Amount FromInt32(int count) => new(count, IsFraction: false);

    /// <summary>A fraction below 1, a count from 1 on: <c>validation: 0.1</c>.</summary>
    public static implicit operator Amount(double value) => FractionOrCount(value);

    /// <summary>A count: <c>limit: 2000</c>.</summary>
    public static implicit operator Amount(int count) => FromInt32(count);

    /// <summary>Everything from a moment on.</summary>
    public static Amount Since(Moment moment) => new(0, IsFraction: false) { From = moment };

    /// <summary>How many of <paramref name="total"/> examples a fraction or a count is, rounded down, at most all.</summary>
    /// <exception cref="InvalidOperationException">The part begins at a moment: only the times of the examples say how many that is.</exception>
    public int Of(int total)
    {
        if (From is not null)
            throw new InvalidOperationException("a moment is no number of examples");
        // 0.29 of 100 is 28.999999999999996 in doubles, and 29 to everybody else.
        return (int)Math.Min(total, IsFraction ? Math.Floor(Math.Round(Value * total, 6)) : Value);
    }

    /// <inheritdoc/>
    public override string ToString() => From is Moment moment ? $"from {moment}" : Value.ToString("R", CultureInfo.InvariantCulture);
}
