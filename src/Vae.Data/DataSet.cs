using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Data;

/// <summary>Everything that a spec's <c>data:</c> stands for, read, split and scaled.</summary>
public sealed record DataSet
{
    /// <summary>The named set, or the path as the spec gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one example, as the spec asks for it.</summary>
    public required Shape Shape { get; init; }

    /// <summary>What is trained on.</summary>
    public required Examples Train { get; init; }

    /// <summary>What was held out of the training set; or <c>null</c>.</summary>
    public Examples? Validation { get; init; }

    /// <summary>The source's own test set, or what was held out as one; or <c>null</c>.</summary>
    public Examples? Test { get; init; }

    /// <summary>How many classes the labels count; or <c>null</c> where there are no labels.</summary>
    public int? Classes { get; init; }

    /// <summary>The classes' names, where the source has names; or <c>null</c>.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>The files that were read. A folder of images is one entry: see <c>docs/data.md</c>.</summary>
    public required IReadOnlyList<DataFileDigest> Files { get; init; }

    /// <summary>The way back to the data's own numbers and names, fitted on <see cref="Train"/>.</summary>
    public DataUnits Units { get; init; } = DataUnits.AsTheyAre;

    /// <summary>What the data gives cause to say, though it can be used.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];
}
