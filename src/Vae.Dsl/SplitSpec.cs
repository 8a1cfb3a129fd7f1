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

    /// <summary>Cut by a column of times. A fraction, a count of rows, or <see cref="Amount.Since"/>.</summary>
    public static SplitSpec ByTime(Amount? validation = null, Amount? test = null, Amount? train = null) =>
        new() { By = SplitBy.Time, Validation = validation, Test = test, Train = train };

    /// <summary>Cut by the order of the file. A fraction, or a count of rows.</summary>
    public static SplitSpec ByOrder(Amount? validation = null, Amount? test = null, Amount? train = null) =>
        new() { By = SplitBy.Order, Validation = validation, Test = test, Train = train };

    /// <summary>Drawn. A fraction, or a count of examples.</summary>
    public static SplitSpec AtRandom(Amount? validation = null, Amount? test = null, Amount? train = null) =>
        new() { By = SplitBy.Random, Validation = validation, Test = test, Train = train };

    /// <summary>Cut at moments: the first ends the training set, the second the validation set.</summary>
    public static SplitSpec AtMoments(Moment validation, Moment test) =>
        new() { By = SplitBy.Time, Validation = Amount.Since(validation), Test = Amount.Since(test) };
}
