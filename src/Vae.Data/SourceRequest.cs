using Vae.Dsl;

namespace Vae.Data;

/// <summary>What a source is asked for.</summary>
/// <param name="Spec">The spec's <c>data:</c>.</param>
/// <param name="Path">Its path, absolute; empty for a named set.</param>
/// <param name="LabelsPath">The absolute path of a file of labels; or <c>null</c>. Sources where labels are a name in the file ignore it.</param>
/// <param name="MemoryLimit">How many bytes the set may take as floats.</param>
/// <param name="Options">The rest.</param>
internal sealed record SourceRequest(DataSpec Spec, string Path, string? LabelsPath, long MemoryLimit, DataLoadOptions Options)
{
    /// <summary>Stops a long read.</summary>
    public CancellationToken Cancellation => Options.Cancellation;
}
