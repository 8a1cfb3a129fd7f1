namespace Vae.Data.Named;

/// <summary>Where a named set's files come from and what is in them. All are idx, as published.</summary>
/// <param name="Name">The name under <c>dataset:</c>, a row of <see cref="Dsl.Catalogue.DataSetCatalogue"/>.</param>
/// <param name="TrainImages">The training images.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">The test images.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record NamedSet(string Name, NamedFile TrainImages, NamedFile TrainLabels, NamedFile TestImages, NamedFile TestLabels)
{
    /// <summary>The folders that the gzipped files can be downloaded from, each ending with a slash, in the order of trial.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The folder inside <c>node_modules</c> of the npm package that ships the set; or <c>null</c>.</summary>
    public string? NodePackageFolder { get; init; }

    /// <summary>The classes' names, where they are more than numbers; or <c>null</c>.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>All files.</summary>
    public IReadOnlyList<NamedFile> Files => [TrainImages, TrainLabels, TestImages, TestLabels];
}
