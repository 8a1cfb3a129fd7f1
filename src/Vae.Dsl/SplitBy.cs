namespace Vae.Dsl;

/// <summary>By what a data set is parted.</summary>
public enum SplitBy
{
    /// <summary>By a column of times: training first, then validation, then test.</summary>
    Time,

    /// <summary>By the order of the file: training first, then validation, then test.</summary>
    Order,

    /// <summary>By seeded draws.</summary>
    Random,
}
