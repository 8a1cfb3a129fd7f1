using Vae.Dsl.Results;

namespace Vae.Data;

/// <summary>What a source gives: everything it has, before shape, split and scale.</summary>
internal sealed record SourceContent(RawExamples Train, RawExamples? Test, IReadOnlyList<DataFileDigest> Files)
{
    /// <summary>The classes' names; or <c>null</c>.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>How many classes there are where the source knows; else the largest label says.</summary>
    public int? Classes { get; init; }

    /// <summary>The features' names, where the source has names; or <c>null</c>.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The times of the training rows; or <c>null</c>.</summary>
    public Timeline? Times { get; init; }
}
