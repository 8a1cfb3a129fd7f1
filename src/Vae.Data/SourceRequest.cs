using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>What a source is asked for.</summary>
/// <param name="Spec">The spec's <c>data:</c>.</param>
/// <param name="MemoryLimit">How many bytes the set may take in memory.</param>
/// <param name="Options">The rest.</param>
internal sealed record SourceRequest(DataSpec Spec, long MemoryLimit, DataLoadOptions Options)
{
    /// <summary>The absolute path of the file or folder.</summary>
    public string Path => Resolve(Spec.Path ?? "", "data.path");

    /// <summary>The absolute path of the file of labels, or <c>null</c>; only for sources where labels are a file.</summary>
    public string? LabelsPath => Spec.Labels is null ? null : Resolve(Spec.Labels, "data.labels");

    /// <summary>Stops a long read.</summary>
    public CancellationToken Cancellation => Options.Cancellation;

    private string Resolve(string path, string key)
    {
        string folder = System.IO.Path.GetFullPath(Options.SpecDirectory);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw DataFault.At(DiagnosticTable.Data.NotFound, folder, $"{key} is empty or no path");
        return System.IO.Path.GetFullPath(path, folder);
    }
}
