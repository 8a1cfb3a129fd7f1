namespace Vae.Dsl;

/// <summary>The data: a named set, or a source with a path.</summary>
public sealed record DataSpec
{
    /// <summary>A named set (<c>mnist</c>, <c>fashion-mnist</c>); or <c>null</c> where <see cref="Source"/> is given.</summary>
    public string? Dataset { get; init; }

    /// <summary>A kind of file: <c>idx</c>, <c>csv</c>, <c>npy</c>, <c>npz</c>, <c>images</c>; or <c>null</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The file or folder, relative to the spec that is trained; or <c>null</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The file of labels (idx, npy), the array's name (npz) or the column (csv); or <c>null</c>.</summary>
    public string? Labels { get; init; }

    /// <summary>How many classes a source's labels count; <c>null</c> for a named set, which knows, and where the data shall say.</summary>
    public int? Classes { get; init; }

    /// <summary>The columns that are features (csv), in order; empty for all but the labels and the time.</summary>
    public ValueList<string> Columns { get; init; } = [];

    /// <summary>The column of times (csv), which ascend; or <c>null</c>.</summary>
    public string? Time { get; init; }

    /// <summary>How the rows of a series become examples (csv); <c>null</c> where each row is one.</summary>
    public WindowSpec? Window { get; init; }

    /// <summary>The shape of one example as the encoder sees it.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Whether an example is a time series, [T,F]: two axes that are not those of an image.</summary>
    public bool IsSeries => Shape.Rank == 2 && Dataset is null && Source is not ("images" or "idx");

    /// <summary>How raw values become numbers.</summary>
    public Scaling Scale { get; init; } = Scaling.Unit;

    /// <summary>Whether values in 0..1 become 0 or 1.</summary>
    public Binarization Binarize { get; init; } = Binarization.None;

    /// <summary>How the whole is parted; or <c>null</c>, where <see cref="Validation"/> and <see cref="Test"/> say what is held out.</summary>
    public SplitSpec? Split { get; init; }

    /// <summary>How much of the training set is held out by a seeded split; or <c>null</c>.</summary>
    public Amount? Validation { get; init; }

    /// <summary>How much is held out as a test set where the source has none of its own; or <c>null</c>.</summary>
    public Amount? Test { get; init; }

    /// <summary>How much of the training set is used, by a seeded draw; <c>null</c> for all.</summary>
    public Amount? Limit { get; init; }

    /// <summary>Whether a validation set is held out.</summary>
    public bool HoldsOutValidation => (Split?.Validation ?? Validation) is not null;

    /// <summary>Whether a test set is held out; a source may bring one of its own besides.</summary>
    public bool HoldsOutTest => (Split?.Test ?? Test) is not null;

    /// <summary>
    /// The split that is certain to be there and says most: <c>test</c>, else <c>validation</c>, else <c>train</c>. Whether a source brings a
    /// test set of its own is known only to its files.
    /// </summary>
    public string MostTellingSplit => Dataset is not null || HoldsOutTest ? "test" : HoldsOutValidation ? "validation" : "train";
}
