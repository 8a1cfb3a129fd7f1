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
}
