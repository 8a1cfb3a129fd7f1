namespace Vae.Dsl;

/// <summary>
/// How a whole data set is parted. Amounts are of the whole: rows of a series, examples of any other source. What is left out is
/// not there, but the training set, which is then the rest.
/// </summary>
public sealed record SplitSpec
{
    /// <summary>By what.</summary>
    public required SplitBy By { get; init; }

    /// <summary>What is trained on; <c>null</c> for the rest.</summary>
    public Amount? Train { get; init; }

    /// <summary>What is held out for validation; or <c>null</c>.</summary>
    public Amount? Validation { get; init; }

    /// <summary>What is held out as the test set; or <c>null</c>.</summary>
    public Amount? Test { get; init; }

    /// <summary>Cut by a column of times. Amounts are fractions or, from 1 on, counts of rows; training is what they leave.</summary>
    public static SplitSpec ByTime(double? validation = null, double? test = null) => Of(SplitBy.Time, validation, test);

    /// <summary>Cut by the order of the file. Amounts are fractions or, from 1 on, counts of rows; training is what they leave.</summary>
    public static SplitSpec ByOrder(double? validation = null, double? test = null) => Of(SplitBy.Order, validation, test);

    /// <summary>Drawn. Amounts are fractions or, from 1 on, counts of examples; training is what they leave.</summary>
    public static SplitSpec AtRandom(double? validation = null, double? test = null) => Of(SplitBy.Random, validation, test);

    /// <summary>Cut at moments: the first ends the training set, the second the validation set.</summary>
    public static SplitSpec AtMoments(Moment validation, Moment test) =>
        new() { By = SplitBy.Time, Validation = Amount.Since(validation), Test = Amount.Since(test) };

    private static SplitSpec Of(SplitBy by, double? validation, double? test) => new()
    {
        By = by,
        Validation = validation is double held ? Amount.FractionOrCount(held) : null,
        Test = test is double last ? Amount.FractionOrCount(last) : null,
    };
}
