using Vae.Dsl.Results;

namespace Vae.Data.Sources;

/// <summary>A kind of data: a row of <see cref="SourceTable"/> and a file in this folder.</summary>
internal abstract class DataSource
{
    /// <summary>The word under <c>source:</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How large the set is, told by headers and sizes of files alone.</summary>
    public abstract SetSize Measure(SourceRequest request);

    /// <summary>Reads everything, and hashes the files on the way.</summary>
    public abstract SourceContent Read(SourceRequest request);

    /// <summary>The digests that <see cref="Read"/> would give, without making arrays.</summary>
    public abstract IReadOnlyList<DataFileDigest> Digest(SourceRequest request);
}
